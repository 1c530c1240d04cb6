// Writes an ArrowArrayStream of its own and reads it back, with handles that close themselves.
#include <cstdint>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "lancewright.h"

namespace {

void check(int code, const char *what) {
  if (code != LW_OK) {
    throw std::runtime_error(std::string(what) + " gave " + std::to_string(code) + ": " +
                             lw_last_error());
  }
}

struct CloseWriter {
  void operator()(lw_writer *writer) const { lw_writer_close(writer); }
};
struct CloseReader {
  void operator()(lw_reader *reader) const { lw_reader_close(reader); }
};
using Writer = std::unique_ptr<lw_writer, CloseWriter>;
using Reader = std::unique_ptr<lw_reader, CloseReader>;

Writer open_writer(const std::string &path) {
  lw_writer *writer = nullptr;
  check(lw_writer_open(path.c_str(), nullptr, "overwrite=true\nprofile=fastest", &writer),
        "lw_writer_open");
  return Writer(writer);
}

Reader open_reader(const std::string &path) {
  lw_reader *reader = nullptr;
  check(lw_reader_open(path.c_str(), nullptr, &reader), "lw_reader_open");
  return Reader(reader);
}

// One column of int32, in batches that own their values.
class Squares {
 public:
  Squares(int batches, int rows) : batches_(batches), rows_(rows) {}

  // The stream owns a copy of this.
  void export_to(ArrowArrayStream *stream) const {
    *stream = {get_schema, get_next, get_last_error,
               [](ArrowArrayStream *self) {
                 delete static_cast<Squares *>(self->private_data);
                 self->release = nullptr;
               },
               new Squares(*this)};
  }

 private:
  struct Batch {
    std::vector<std::int32_t> values;
    const void *value_buffers[2];
    const void *no_buffers[1];
    ArrowArray column;
    ArrowArray *columns[1];
  };

  static int get_schema(ArrowArrayStream *, ArrowSchema *out) {
    struct Columns {
      ArrowSchema value;
      ArrowSchema *list[1];
    };
    auto *columns = new Columns{};
    columns->value.format = "i";
    columns->value.name = "square";
    columns->value.release = [](ArrowSchema *self) { self->release = nullptr; };
    columns->list[0] = &columns->value;
    *out = {};
    out->format = "+s";
    out->name = "";
    out->n_children = 1;
    out->children = columns->list;
    out->private_data = columns;
    out->release = [](ArrowSchema *self) {
      delete static_cast<Columns *>(self->private_data);
      self->release = nullptr;
    };
    return 0;
  }

  static int get_next(ArrowArrayStream *stream, ArrowArray *out) {
    auto *self = static_cast<Squares *>(stream->private_data);
    *out = {};
    if (self->next_ == self->batches_) {
      return 0;
    }
    auto *batch = new Batch{};
    for (int i = 0; i < self->rows_; i++) {
      const std::int32_t row = self->next_ * self->rows_ + i;
      batch->values.push_back(row * row);
    }
    self->next_++;
    batch->value_buffers[1] = batch->values.data();
    batch->column.length = self->rows_;
    batch->column.n_buffers = 2;
    batch->column.buffers = batch->value_buffers;
    batch->column.release = [](ArrowArray *array) { array->release = nullptr; };
    batch->columns[0] = &batch->column;
    out->length = self->rows_;
    out->n_buffers = 1;
    out->buffers = batch->no_buffers;
    out->n_children = 1;
    out->children = batch->columns;
    out->private_data = batch;
    out->release = [](ArrowArray *array) {
      delete static_cast<Batch *>(array->private_data);
      array->release = nullptr;
    };
    return 0;
  }

  static const char *get_last_error(ArrowArrayStream *) { return nullptr; }

  int batches_;
  int rows_;
  int next_ = 0;
};

std::int64_t sum_of(const std::string &path) {
  Reader reader = open_reader(path);
  ArrowArrayStream stream;
  check(lw_scan(reader.get(), nullptr, &stream), "lw_scan");
  std::int64_t sum = 0;
  for (;;) {
    ArrowArray array;
    if (stream.get_next(&stream, &array) != 0) {
      throw std::runtime_error(stream.get_last_error(&stream));
    }
    if (array.release == nullptr) {
      break;
    }
    const ArrowArray &column = *array.children[0];
    const auto *values = static_cast<const std::int32_t *>(column.buffers[1]) + column.offset;
    for (std::int64_t i = 0; i < array.length; i++) {
      sum += values[i];
    }
    array.release(&array);
  }
  stream.release(&stream);
  return sum;
}

}  // namespace

int main(int, char **arguments) try {
  const std::string path = arguments[1];
  check(lw_start(LW_ABI_VERSION, nullptr), "lw_start");
  {
    Writer unfinished = open_writer(path);  // is discarded, as nobody finishes it
  }
  Writer writer = open_writer(path);
  ArrowArrayStream stream;
  Squares(40, 1000).export_to(&stream);
  std::int64_t rows = 0;
  check(lw_write_stream(writer.get(), &stream, &rows), "lw_write_stream");
  check(lw_finish(writer.get(), nullptr), "lw_finish");
  const std::int64_t sum = sum_of(path);
  if (rows != 40000 || sum != INT64_C(21332533340000)) {
    std::fprintf(stderr, "%lld rows, sum %lld\n", (long long)rows, (long long)sum);
    return 1;
  }
  std::printf("C++: %lld rows, sum %lld\n", (long long)rows, (long long)sum);
  return 0;
} catch (const std::exception &e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
