// Writes a file and reads it back, without crates: the C interface as Rust sees it.
use std::ffi::{c_char, c_int, c_void, CStr, CString};
use std::ptr::{null, null_mut};

#[repr(C)]
struct ArrowSchema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    n_children: i64,
    children: *mut *mut ArrowSchema,
    dictionary: *mut ArrowSchema,
    release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    private_data: *mut c_void,
}

#[repr(C)]
struct ArrowArray {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *mut *const c_void,
    children: *mut *mut ArrowArray,
    dictionary: *mut ArrowArray,
    release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    private_data: *mut c_void,
}

#[repr(C)]
struct ArrowArrayStream {
    get_schema: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>,
    get_next: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>,
    get_last_error: Option<unsafe extern "C" fn(*mut ArrowArrayStream) -> *const c_char>,
    release: Option<unsafe extern "C" fn(*mut ArrowArrayStream)>,
    private_data: *mut c_void,
}

#[link(name = "lancewright")]
extern "C" {
    fn lw_start(abi_version: c_int, options: *const c_void) -> c_int;
    fn lw_last_error() -> *const c_char;
    fn lw_writer_open(
        path: *const c_char,
        schema: *mut ArrowSchema,
        options: *const c_char,
        writer: *mut *mut c_void,
    ) -> c_int;
    fn lw_write(writer: *mut c_void, array: *mut ArrowArray, schema: *mut ArrowSchema) -> c_int;
    fn lw_finish(writer: *mut c_void, summary: *mut c_void) -> c_int;
    fn lw_writer_close(writer: *mut c_void) -> c_int;
    fn lw_reader_open(
        path: *const c_char,
        options: *const c_char,
        reader: *mut *mut c_void,
    ) -> c_int;
    fn lw_scan(reader: *mut c_void, options: *const c_void, out: *mut ArrowArrayStream) -> c_int;
    fn lw_reader_close(reader: *mut c_void) -> c_int;
}

fn check(code: c_int) -> Result<(), String> {
    match code {
        0 => Ok(()),
        _ => Err(unsafe { CStr::from_ptr(lw_last_error()) }
            .to_string_lossy()
            .into_owned()),
    }
}

/// A writer that is discarded when it is dropped before it was finished.
struct Writer(*mut c_void);

impl Writer {
    fn open(path: &CStr, schema: &mut ArrowSchema) -> Result<Writer, String> {
        let mut writer = null_mut();
        let options = c"overwrite=true";
        check(unsafe { lw_writer_open(path.as_ptr(), schema, options.as_ptr(), &mut writer) })?;
        Ok(Writer(writer))
    }

    fn write(&mut self, values: &[i64]) -> Result<(), String> {
        let mut value_buffers = [null(), values.as_ptr() as *const c_void];
        let mut no_buffers = [null()];
        let length = values.len() as i64;
        let mut column = array(length, &mut value_buffers, &mut []);
        let mut columns = [&mut column as *mut ArrowArray];
        let mut batch = array(length, &mut no_buffers, &mut columns);
        check(unsafe { lw_write(self.0, &mut batch, null_mut()) })
    }

    fn finish(self) -> Result<(), String> {
        check(unsafe { lw_finish(self.0, null_mut()) })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        unsafe { lw_writer_close(self.0) };
    }
}

// The values stay Rust's, so there is nothing to free.
unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    (*array).release = None;
}

unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    (*schema).release = None;
}

fn array(
    length: i64,
    buffers: &mut [*const c_void],
    children: &mut [*mut ArrowArray],
) -> ArrowArray {
    ArrowArray {
        length,
        null_count: 0,
        offset: 0,
        n_buffers: buffers.len() as i64,
        n_children: children.len() as i64,
        buffers: buffers.as_mut_ptr(),
        children: children.as_mut_ptr(),
        dictionary: null_mut(),
        release: Some(release_array),
        private_data: null_mut(),
    }
}

fn schema(format: &CStr, name: &CStr, children: &mut [*mut ArrowSchema]) -> ArrowSchema {
    ArrowSchema {
        format: format.as_ptr(),
        name: name.as_ptr(),
        metadata: null(),
        flags: 0,
        n_children: children.len() as i64,
        children: children.as_mut_ptr(),
        dictionary: null_mut(),
        release: Some(release_schema),
        private_data: null_mut(),
    }
}

fn sum(path: &CStr) -> Result<(i64, i64), String> {
    let (mut rows, mut sum) = (0, 0);
    unsafe {
        let mut reader = null_mut();
        check(lw_reader_open(path.as_ptr(), null(), &mut reader))?;
        let mut stream: ArrowArrayStream = std::mem::zeroed();
        let scanned = check(lw_scan(reader, null(), &mut stream));
        check(lw_reader_close(reader))?; // the stream keeps the file open
        scanned?;
        loop {
            let mut batch: ArrowArray = std::mem::zeroed();
            if stream.get_next.unwrap()(&mut stream, &mut batch) != 0 {
                let text = stream.get_last_error.unwrap()(&mut stream);
                return Err(CStr::from_ptr(text).to_string_lossy().into_owned());
            }
            let Some(release) = batch.release else { break };
            let column = *batch.children;
            let values = *(*column).buffers.add(1) as *const i64;
            let values = values.add((*column).offset as usize);
            for i in 0..batch.length as usize {
                sum += *values.add(i);
            }
            rows += batch.length;
            release(&mut batch);
        }
        stream.release.unwrap()(&mut stream);
    }
    Ok((rows, sum))
}

fn main() -> Result<(), String> {
    let path = CString::new(std::env::args().nth(1).expect("usage: example FILE")).unwrap();
    check(unsafe { lw_start(1, null()) })?;
    let mut id = schema(c"l", c"id", &mut []);
    let mut columns = [&mut id as *mut ArrowSchema];
    let mut writer = Writer::open(&path, &mut schema(c"+s", c"", &mut columns))?;
    for first in (0..100_000).step_by(1000) {
        writer.write(&(first..first + 1000).collect::<Vec<i64>>())?;
    }
    writer.finish()?;
    let (rows, sum) = sum(&path)?;
    assert_eq!((100_000, 4_999_950_000), (rows, sum));
    println!("Rust: {rows} rows, sum {sum}");
    Ok(())
}
