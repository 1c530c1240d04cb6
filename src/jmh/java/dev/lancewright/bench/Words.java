package dev.lancewright.bench;

import java.util.random.RandomGenerator;

/** Random text. Used by one thread at a time. */
final class Words {
  private static final String BASE_36 = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String LETTERS = BASE_36.substring(10);
  private static final String MIXED = LETTERS + "äéøß中文字";

  private final RandomGenerator random;
  private final StringBuilder text = new StringBuilder();

  Words(RandomGenerator random) {
    this.random = random;
  }

  /** A word of digits and letters, of {@code least} to {@code most} characters. */
  String base36(int least, int most) {
    return word(BASE_36, least, most);
  }

  /** Letters, some of which take two or three bytes. */
  String mixed(int least, int most) {
    return word(MIXED, least, most);
  }

  /** Words of letters. */
  String[] vocabulary(int size) {
    String[] words = new String[size];
    for (int i = 0; i < size; i++) {
      words[i] = word(LETTERS, 2, 11);
    }
    return words;
  }

  /** Words with blanks between them, the first of the vocabulary more often, cut to a length. */
  String sentence(String[] vocabulary, int least, int most) {
    int length = random.nextInt(least, most + 1);
    text.setLength(0);
    while (text.length() < length) {
      double share = random.nextDouble();
      text.append(vocabulary[(int) (vocabulary.length * share * share)]).append(' ');
    }
    text.setLength(length);
    return text.toString();
  }

  private String word(String letters, int least, int most) {
    text.setLength(0);
    for (int i = random.nextInt(least, most + 1); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
