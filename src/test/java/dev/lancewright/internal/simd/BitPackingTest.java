package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitPackingTest {
  private static final int BLOCK = BitPacking.BLOCK;

  /** A kernel with its direction. */
  interface Kernel {
    void run(MemorySegment from, long at, int bits, int width, MemorySegment target, long to);
  }

  /** A kernel that needs a block. */
  interface Packing {
    void run(
        MemorySegment from,
        long at,
        int bits,
        int width,
        MemorySegment target,
        long to,
        ValueBlock block);
  }

  private static Kernel packing(Packing kernel) {
    ValueBlock block = new ValueBlock();
    return (from, at, bits, width, target, to) ->
        kernel.run(from, at, bits, width, target, to, block);
  }

  record Twin(Kernel pack, Kernel unpack) {}

  private static Stream<Named<Twin>> twins() {
    return Stream.of(
        Named.of("chosen", new Twin(packing(BitPacking::pack), BitPacking::unpack)),
        Named.of("scalar", new Twin(packing(BitPacking::scalarPack), BitPacking::scalarUnpack)));
  }

  private static Twin vectors() {
    return new Twin(VectorBitPacking::pack, VectorBitPacking::unpack);
  }

  private static Stream<Arguments> twinsAndBits() {
    return twins().flatMap(twin -> Stream.of(8, 16, 32, 64).map(bits -> Arguments.of(twin, bits)));
  }

  @ParameterizedTest
  @MethodSource("twinsAndBits")
  void everyWidthIsWhereTheFormatSaysAndComesBack(Twin twin, int bits) {
    SplittableRandom random = new SplittableRandom(bits);
    for (int width = 0; width <= bits; width++) {
      long[] values = Values.random(random, BLOCK, width);
      String what = width + " of " + bits + " bits";
      Guarded plain = Guarded.of(Values.bytes(values, bits / 8));
      Guarded packed = Guarded.of(BitPacking.bytes(width));
      twin.pack().run(plain.segment(), plain.at(), bits, width, packed.segment(), packed.at());
      packed.assertHolds(model(values, bits, width), () -> what + " packed");

      Guarded back = Guarded.of(BLOCK * bits / 8);
      twin.unpack().run(packed.segment(), packed.at(), bits, width, back.segment(), back.at());
      back.assertHolds(Values.bytes(values, bits / 8), () -> what + " unpacked");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  @RequiresVectors
  void everyWidthOnVectors(int bits) {
    everyWidthIsWhereTheFormatSaysAndComesBack(vectors(), bits);
  }

  /** Bit by bit. */
  private static byte[] model(long[] values, int bits, int width) {
    int[] eighths = {0, 4, 2, 6, 1, 5, 3, 7};
    int lanes = BLOCK / bits;
    byte[] packed = new byte[BitPacking.bytes(width)];
    for (int lane = 0; lane < lanes; lane++) {
      for (int row = 0; row < bits; row++) {
        long value = values[eighths[row / 8] * 16 + row % 8 * 128 + lane];
        for (int i = 0; i < width; i++) {
          int bit = row * width + i;
          int place = (bit / bits * lanes + lane) * bits + bit % bits;
          packed[place / 8] |= (byte) ((value >>> i & 1) << place % 8);
        }
      }
    }
    return packed;
  }

  @ParameterizedTest
  @MethodSource("twins")
  void blocksOfTheReference(Twin twin) {
    assertEquals(U8_OF_3_BITS, packed(twin, LongStream.range(0, BLOCK).map(i -> i % 8), 8, 3));
    assertEquals(U16_OF_3_BITS, packed(twin, LongStream.range(0, BLOCK).map(i -> i % 8), 16, 3));
    assertEquals(U32_OF_5_BITS, packed(twin, LongStream.range(0, BLOCK).map(i -> i % 32), 32, 5));
    assertEquals(
        U32_OF_10_BITS, packed(twin, LongStream.range(0, BLOCK).map(i -> i * 7 % 1000), 32, 10));
    assertEquals(U64_OF_7_BITS, packed(twin, LongStream.range(0, BLOCK).map(i -> i % 128), 64, 7));
  }

  @Test
  @RequiresVectors
  void blocksOfTheReferenceOnVectors() {
    blocksOfTheReference(vectors());
  }

  private static String packed(Twin twin, LongStream values, int bits, int width) {
    Guarded plain = Guarded.of(Values.bytes(values.toArray(), bits / 8));
    byte[] packed = new byte[BitPacking.bytes(width)];
    Guarded target = Guarded.of(packed.length);
    twin.pack().run(plain.segment(), plain.at(), bits, width, target.segment(), target.at());
    MemorySegment.ofArray(packed).copyFrom(target.alone());
    return HexFormat.of().formatHex(packed);
  }

  private static final String U8_OF_3_BITS =
      "004992db246db6ff004992db246db6ff004992db246db6ff004992db246db6ff004992db246db6ff"
          + "004992db246db6ff004992db246db6ff004992db246db6ff004992db246db6ff004992db246db6ff"
          + "004992db246db6ff004992db246db6ff004992db246db6ff004992db246db6ff004992db246db6ff"
          + "004992db246db6ff009224b649db6dff009224b649db6dff009224b649db6dff009224b649db6dff"
          + "009224b649db6dff009224b649db6dff009224b649db6dff009224b649db6dff009224b649db6dff"
          + "009224b649db6dff009224b649db6dff009224b649db6dff009224b649db6dff009224b649db6dff"
          + "009224b649db6dff009224b649db6dff0024496d92b6dbff0024496d92b6dbff0024496d92b6dbff"
          + "0024496d92b6dbff0024496d92b6dbff0024496d92b6dbff0024496d92b6dbff0024496d92b6dbff"
          + "0024496d92b6dbff0024496d92b6dbff0024496d92b6dbff0024496d92b6dbff0024496d92b6dbff"
          + "0024496d92b6dbff0024496d92b6dbff0024496d92b6dbff";

  private static final String U16_OF_3_BITS =
      "000049929224dbb624496ddbb66dffff000049929224dbb624496ddbb66dffff000049929224dbb6"
          + "24496ddbb66dffff000049929224dbb624496ddbb66dffff000049929224dbb624496ddbb66dffff"
          + "000049929224dbb624496ddbb66dffff000049929224dbb624496ddbb66dffff000049929224dbb6"
          + "24496ddbb66dffff0000244949926ddb9224b66ddbb6ffff0000244949926ddb9224b66ddbb6ffff"
          + "0000244949926ddb9224b66ddbb6ffff0000244949926ddb9224b66ddbb6ffff0000244949926ddb"
          + "9224b66ddbb6ffff0000244949926ddb9224b66ddbb6ffff0000244949926ddb9224b66ddbb6ffff"
          + "0000244949926ddb9224b66ddbb6ffff000092242449b66d4992dbb66ddbffff000092242449b66d"
          + "4992dbb66ddbffff000092242449b66d4992dbb66ddbffff000092242449b66d4992dbb66ddbffff"
          + "000092242449b66d4992dbb66ddbffff000092242449b66d4992dbb66ddbffff000092242449b66d"
          + "4992dbb66ddbffff000092242449b66d4992dbb66ddbffff";

  private static final String U32_OF_5_BITS =
      "000000002184104242082184638c31c684104208a594524ac618638ce79c73ce0821841029a59452"
          + "4a29a5946badb5d68c31c618adb5d65ace39e79cefbdf7de1042082131c61863524a29a573ce39e7"
          + "94524a29b5d65a6bd65a6badf7de7bef18638c3139e79c735a6badb57befbdf79c73ce39bdf7de7b"
          + "de7befbdffffffff00000000082184101042082118638c312184104229a5945231c6186339e79c73"
          + "420821844a29a594524a29a55a6badb5638c31c66badb5d673ce39e77befbdf7841042088c31c618"
          + "94524a299c73ce39a594524aadb5d65ab5d65a6bbdf7de7bc618638cce39e79cd65a6badde7befbd"
          + "e79c73ceefbdf7def7de7befffffffff000000004208218484104208c618638c082184104a29a594"
          + "8c31c618ce39e79c10420821524a29a594524a29d65a6bad18638c315a6badb59c73ce39de7befbd"
          + "21841042638c31c6a594524ae79c73ce29a594526badb5d6adb5d65aefbdf7de31c6186373ce39e7"
          + "b5d65a6bf7de7bef39e79c737befbdf7bdf7de7bffffffff00000000104208212184104231c61863"
          + "42082184524a29a5638c31c673ce39e78410420894524a29a594524ab5d65a6bc618638cd65a6bad"
          + "e79c73cef7de7bef0821841018638c3129a5945239e79c734a29a5945a6badb56badb5d67befbdf7"
          + "8c31c6189c73ce39adb5d65abdf7de7bce39e79cde7befbdefbdf7deffffffff0000000084104208"
          + "082184108c31c6181042082194524a2918638c319c73ce3921841042a594524a29a59452adb5d65a"
          + "31c61863b5d65a6b39e79c73bdf7de7b42082184c618638c4a29a594ce39e79c524a29a5d65a6bad"
          + "5a6badb5de7befbd638c31c6e79c73ce6badb5d6efbdf7de73ce39e7f7de7bef7befbdf7ffffffff";

  private static final String U64_OF_7_BITS =
      "000000000000004081402010080402c1028140201008044283c16030180c06c30402814020100844"
          + "8542a15028140ac50683c16030180c4687c3e170381c0ec7080402814020104889442291482412c9"
          + "0a8542a15028144a8bc562b1582c16cb0c0683c16030184c8d46a3d168341acd0e87c3e170381c4e"
          + "8fc7e3f1783c1ecf20100804028120106030180c0683a150a15028140a852291e170381c0e87a3d1"
          + "229148241289241262b1582c168ba552a3d168341a8d2693e3f1783c1e8fa7d32412894422912814"
          + "6432994c2693a954a552a9542a952a95e572b95c2e97abd52693c96432992c1666b3d96c369bad56"
          + "a7d3e9743a9d2e97e7f3f97c3e9fafd7080402814060301828140a8542e17038482412894462b158"
          + "68341a8d46e3f1788944229148643299a9542a954ae572b9c96432994c66b3d9e9743a9d4ee7f3f9"
          + "0a8542a15068341a2a954aa552e9743a4aa552a9546ab55a6ab55aad56ebf57a8bc562b1586c369b"
          + "abd56ab55aed76bbcbe572b95c6eb7dbebf57abd5eeff7fb0c0683c1100804021c0e87c391482412"
          + "2c168bc5128944223c1e8fc793c964324c2693c9140a85425c2e97cb954aa5526c369bcd168bc562"
          + "7c3e9fcf97cbe5728d46a3d1180c06839d4ea7d3994c2693ad56abd51a8d46a3bd5eafd79bcd66b3"
          + "cd66b3d91c0e87c3dd6eb7db9d4ea7d3ed76bbdd1e8fc7e3fd7ebfdf9fcfe7f38140205028140a85"
          + "894422d168341a8d91482452a9542a95994c26d3e9743a9da15028542a954aa5a9542ad56ab55aad"
          + "b1582c56abd56ab5b95c2ed7ebf57abdc16030582c168bc5c96432d96c369bcdd168345aad56abd5"
          + "d96c36dbed76bbdde170385c2e97cbe5e9743add6eb7dbedf1783c5eafd7ebf5f97c3edfeff7fbfd"
          + "42a130180c0683c146a3b1582c168bc54aa532994c2693c94ea7b3d96c369bcd52a9341a8d46a3d1"
          + "56abb55aad56abd55aad369bcd66b3d95eafb7dbed76bbdd62b1381c0e87c3e166b3b95c2e97cbe5"
          + "6ab53a9d4ea7d3e96eb7bbdd6eb7dbed72b93c1e8fc7e3f176bbbd5eafd7ebf57abd3e9fcfe7f3f9"
          + "7ebfbfdfeff7fbfd6070381c0e87c3e162f1783c1e8fc7e36472b95c2e97cbe566f3f97c3e9fcfe7"
          + "68743a9d4ea7d3e96af57abd5eafd7eb6c76bbdd6eb7dbed6ef7fbfd7ebfdfef70783c1e8fc7e3f1"
          + "72f97c3e9fcfe7f3747abd5eafd7ebf576fbfd7ebfdfeff7787c3e9fcfe7f3f97afd7ebfdfeff7fb"
          + "7c7ebfdfeff7fbfd7effffffffffffff";

  private static final String U32_OF_10_BITS =
      "00008e31071cfef10e386eb21554de721c704e33238cbef32aa82eb431c49e7438e00e353ffc7ef5"
          + "4618efb54d345f765450cf365b6c3ff76288afb76904107870208038773cf0f87e5860b98574d079"
          + "8c90403a93acb0fa9ac820bba1e4907ba800013caf1c71fcb638e1bcbd54517dc470c13dcb8c31fe"
          + "d2a82180d9c49140ac488287ad4f9ef7af56ba67b15dd6d7b364f247b46b0eb8b6722a28b8794698"
          + "ba806208bb877e78bd8e9ae8bf95b658c19cd2c8c2a3ee38c4aa0aa9c6b12619c8b84289c9bf5ef9"
          + "cbc67a69cdcd96d9cfd4b249d0dbceb9d2e2ea29d4e9069ad6f0220ad7f73e7ad9fe5aeadb05775a"
          + "dd0c93cade13af3ae01acbaae221e71a1744c061d745c77d9847ce995849d5b5194bdcd1d94ce3ed"
          + "9a4eea095a50f1251b52f841db53ff5d9b55067a5c570d961c5914b2dd5a1bce9d5c22ea5e5e2906"
          + "1e603022de61373e9f633e5a5f65457620674c92e06853aea16a5aca616c61e6226e6802e26f6f1e"
          + "a271763a63737d5623758472e4768b8ea47892aa657a99c6050f222075cf2327e58f252e55502735"
          + "c510293c35d12a43a6912c4a16522e5186123058f6d2315f66933366d653356d46143774b6d4387b"
          + "26953a8297553c8907163e9077d63f97e796419e575743a5c71745ac37d846b3a79848ba17594ac1"
          + "88194cc8f8d94dcf689a4fd6d85a51dd481b53e4b8db54eb289c56f2985c58f9808e33b49cfef3b5"
          + "b86eb4b7d4de74b9f04e35bb0cbff5bc282fb6be449f76c0600f37c27c7ff7c398efb7c5145078c7"
          + "30c038c94c30f9ca68a0b9cc84107acea0803ad0bcf0fad1d860bbd3f4d07bd510413cd72cb1fcd8"
          + "4821bdda64917ddc80013ede9c71fedfb86180e1d4d140e3f04101e50cb2c1e6282282e8449242ea"
          + "e0e00101e7fc71c1ee18e281f5345242fc50c202036d32c30a89a28311a5124418c182041fddf2c4"
          + "26f962852d15d345343143063b4db3c6426923874985934750a1030857bd73c85ed9e38865f55349"
          + "6c11c409732d34ca7a49a48a8165144b8881840b8f9df4cb96b9648c9dd5d44ca4f1440dab0db5cd"
          + "b229258eb945954ee428038be52f1ffbe7363b6be93d57dbeb44734bec4b8fbbee52ab2bf059c79b"
          + "f260e30bf367ff7bf56e1becf775375cf97c53cc00836f3c028a8bac0491a71c0698c38c079fdffc"
          + "09a6fb6c0bad17dd0db4334d0ebb4fbd10c26b2d12c9879d14d0a30d15d7bf7d17dedbed19e5f75d"
          + "1b0410ce1c0b2c3e1e1248ae2019641e257ca0e2e57da7fea67fae1a6681b5362783bc52e784c36e"
          + "a886ca8a6888d1a6298ad8c2e98bdfdea98de6fa6a8fed162a91f432eb92fb4eab94026b6c960987"
          + "2c9810a3ec9917bfad9b1edb6d9d25f72e9f2c13eea0332fafa23a4b6fa4416730a64883f0a74f9f"
          + "b0a956bb71ab5dd731ad64f3f2ae6b0fb2b0722b73b27947081d5a0078dd5b07e99d5d0e595e5f15"
          + "c91e611c39df6223a99f642a1960663189206838f9e0693f69a16b46da616d4d4a226f54bae2705b"
          + "2aa372629a6374690a2476707ae47777eaa4797e5a657b85cb257d8c3be67e93aba6809a1b6782a1"
          + "8b2784a8fbe785af6ba887b6db6889bd4b298bc4bce98ccb2caa8ed29c6a90d9610203ec7d72c3ed"
          + "99e283efb55244f1d1c204f3ed32c5f409a385f6251346f8418306005df3c6017963870395d34705"
          + "b1430807cdb3c808e923890a0594490c21040a0e3d74ca0f59e48a1175544b1391c40b15ad34cc16"
          + "c9a48c18e5144d1a01850d1c1df5cd1d39658e1f55d54e2171450f238db5cf24a9259026c5955028";
}
