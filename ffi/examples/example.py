"""Writes a table of pyarrow and reads it back, by ctypes alone."""

import ctypes
import sys

import pyarrow as pa


class Lancewright:
    def __init__(self, library):
        self.lib = ctypes.CDLL(library)
        self.lib.lw_last_error.restype = ctypes.c_char_p
        self.check(self.lib.lw_start(1, None))

    def check(self, code):
        if code != 0:
            raise RuntimeError(f"{self.lib.lw_last_error().decode()} (code {code})")

    def write(self, path, table):
        writer = ctypes.c_void_p()
        self.check(
            self.lib.lw_writer_open(path.encode(), None, b"overwrite=true", ctypes.byref(writer))
        )
        try:
            stream = (ctypes.c_uint64 * 5)()
            table.to_reader()._export_to_c(ctypes.addressof(stream))
            self.check(self.lib.lw_write_stream(writer, stream, None))
            self.check(self.lib.lw_finish(writer, None))
        finally:
            self.lib.lw_writer_close(writer)

    def read(self, path):
        reader = ctypes.c_void_p()
        self.check(self.lib.lw_reader_open(path.encode(), None, ctypes.byref(reader)))
        try:
            stream = (ctypes.c_uint64 * 5)()
            self.check(self.lib.lw_scan(reader, None, stream))
            return pa.RecordBatchReader._import_from_c(ctypes.addressof(stream)).read_all()
        finally:
            self.lib.lw_reader_close(reader)


def main(library, path):
    lancewright = Lancewright(library)
    names = [f"name {i}" if i % 3 else None for i in range(1000)]
    table = pa.table({"id": range(1000), "name": names})
    lancewright.write(path, table)
    assert lancewright.read(path).equals(table)
    try:
        lancewright.read(path + ".missing")
        raise AssertionError("a missing file was read")
    except RuntimeError as e:
        assert "(code -4)" in str(e), e
    print(f"Python: {table.num_rows} rows")


main(*sys.argv[1:])
