//! The boundary: an operation of `core.wasm` with its fields by name, and a pool of instances.

use crate::{BoxError, Error};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};
use std::thread::available_parallelism;
#[cfg(not(any(feature = "wasmi", feature = "wasmtime")))]
compile_error!("landfall needs an engine: take the feature wasmi or the feature wasmtime");
#[cfg(not(feature = "wasmtime"))]
use wasmi as engine;
#[cfg(feature = "wasmtime")]
use wasmtime as engine;
use zeroize::{Zeroize, Zeroizing};

/// The version of the messages that this host is written for.
const ABI: u32 = 12;
const DAMAGED: &str = "its memory is damaged";

#[derive(Deserialize)]
struct Description {
    abi: u32,
    messages: HashMap<String, Vec<String>>,
}

static DESCRIPTION: LazyLock<Description> = LazyLock::new(|| {
    let mut all: Description = serde_json::from_str(include_str!("../messages.json")).expect("it is JSON");
    for names in all.messages.values_mut() {
        names.retain(|name| !name.ends_with("_0")); // The list at the end has no name.
    }
    all
});

static MODULE: LazyLock<engine::Module> = LazyLock::new(|| {
    engine::Module::new(&engine::Engine::default(), include_bytes!("../core.wasm")).expect("it is a module")
});

/// The names of a message, in order and without the list at its end.
pub(crate) fn names_of(message: &str) -> &'static [String] {
    DESCRIPTION.messages.get(message).map_or(&[], Vec::as_slice)
}

/// Fields of a message by their names.
pub(crate) type Fields = HashMap<&'static str, Vec<u8>>;

/// An answer of the core: fields with names, then a list. Without a field, its kind is empty.
#[derive(Clone, Default)]
pub(crate) struct Step {
    pub kind: &'static str,
    pub names: &'static [String],
    pub values: Vec<String>,
}

impl Step {
    fn new(values: Vec<String>) -> Result<Self, Error> {
        let Some(first) = values.first() else { return Ok(Self::default()) };
        let kind = first.parse().ok().and_then(|kind: usize| names_of("STEP").get(kind));
        let kind = kind.ok_or_else(|| to_error(DAMAGED.into()))?;
        Ok(Self { kind, names: names_of(&kind.to_uppercase()), values })
    }

    /// Makes an answer from fields by their names.
    pub fn make(kind: &'static str, fields: &[(&str, &str)]) -> Self {
        let names = names_of(&kind.to_uppercase());
        let find = |name| fields.iter().find(|(one, _)| *one == name).map_or("", |(_, value)| *value).to_owned();
        Self { kind, names, values: names.iter().map(|name| find(name.as_str())).collect() }
    }

    pub fn get(&self, name: &str) -> &str {
        let at = self.names.iter().position(|one| one == name);
        at.and_then(|at| self.values.get(at)).map_or("", String::as_str)
    }

    pub fn number(&self, name: &str) -> u64 {
        self.get(name).parse().unwrap_or(0)
    }

    pub fn list(&self) -> &[String] {
        self.values.get(self.names.len()..).unwrap_or_default()
    }

    /// The list as pairs of name and value.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list().chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str()))
    }
}

/// Instances with one configuration. As many stay as the machine has processors.
pub(crate) struct Core {
    config: String,
    pub pool: Mutex<Vec<Instance>>,
    most: usize,
}

impl Core {
    pub fn new(config: String) -> Self {
        Self { config, pool: Mutex::default(), most: available_parallelism().map_or(1, usize::from) }
    }

    /// Runs an operation on a message: its fields by name, and the list at its end.
    pub fn perform(&self, operation: &str, message: &str, fields: &Fields, list: &[&[u8]]) -> Result<Step, Error> {
        let named = names_of(message).iter().map(|name| fields.get(name.as_str()).map_or(&[][..], Vec::as_slice));
        let all: Vec<&[u8]> = named.chain(list.iter().copied()).collect();
        self.call(operation, &all).and_then(Step::new)
    }

    /// Takes an instance for one operation. One that fails does not come back.
    pub fn call(&self, operation: &str, fields: &[&[u8]]) -> Result<Vec<String>, Error> {
        let free = self.pool.lock().unwrap().pop();
        let mut instance = free.map_or_else(|| Instance::new(&self.config), Ok).map_err(to_error)?;
        let answer = instance.call(operation, fields).map_err(to_error)?;
        let mut pool = self.pool.lock().unwrap();
        if pool.len() < self.most {
            pool.push(instance);
        }
        answer.ok_or_else(|| Error::new("request_too_large", "the request is too large for the module", ""))
    }
}

fn to_error(cause: BoxError) -> Error {
    Error::new("internal_error", format!("the module failed: {cause}"), "")
}

/// One instance of the module. Its memory is zeroed when it goes.
pub(crate) struct Instance {
    store: engine::Store<()>,
    memory: engine::Memory,
    input: engine::TypedFunc<u32, u32>,
    handle: engine::TypedFunc<u32, u32>,
    wipe: engine::TypedFunc<(), ()>,
}

impl Instance {
    fn new(config: &str) -> Result<Self, BoxError> {
        let mut store = engine::Store::new(MODULE.engine(), ());
        let exports = engine::Instance::new(&mut store, &MODULE, &[])?;
        exports.get_typed_func::<(), ()>(&mut store, "_initialize")?.call(&mut store, ())?;
        let abi = exports.get_typed_func::<(), u32>(&mut store, "landfall_abi")?.call(&mut store, ())?;
        if [abi, DESCRIPTION.abi] != [ABI, ABI] {
            return Err(format!("core.wasm has version {abi}, and this host is for {ABI}").into());
        }
        let mut instance = Self {
            memory: exports.get_memory(&mut store, "memory").ok_or(DAMAGED)?,
            input: exports.get_typed_func(&mut store, "landfall_input")?,
            handle: exports.get_typed_func(&mut store, "landfall_handle")?,
            wipe: exports.get_typed_func(&mut store, "landfall_wipe")?,
            store,
        };
        instance.call("configure", &[config.as_bytes()])?;
        Ok(instance)
    }

    /// Its memory is good until the next call of the module, in which it may grow.
    pub fn memory(&mut self) -> &mut [u8] {
        self.memory.data_mut(&mut self.store)
    }

    /// Writes a message, performs the operation and reads the answer; none where the message is too large.
    fn call(&mut self, operation: &str, fields: &[&[u8]]) -> Result<Option<Vec<String>>, BoxError> {
        let message = Zeroizing::new(write_message(fields));
        let size = u32::try_from(message.len()).unwrap_or(u32::MAX);
        let room = self.input.call(&mut self.store, size)? as usize;
        if room == 0 {
            return Ok(None);
        }
        self.memory().get_mut(room..room + message.len()).ok_or(DAMAGED)?.copy_from_slice(&message);
        let number = names_of("OPERATION").iter().position(|name| name == operation).unwrap_or(usize::MAX);
        let at = self.handle.call(&mut self.store, number as u32)? as usize;
        let answer = self.memory().get(at..).and_then(read_answer).ok_or(DAMAGED)?;
        self.wipe.call(&mut self.store, ())?;
        Ok(Some(answer))
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.memory().zeroize();
    }
}

fn write_message(fields: &[&[u8]]) -> Vec<u8> {
    let head = 8 + 4 * fields.len();
    let size = head + fields.iter().map(|field| field.len()).sum::<usize>();
    let mut message = Vec::with_capacity(size);
    for number in [size, fields.len()].into_iter().chain(fields.iter().map(|field| field.len())) {
        message.extend_from_slice(&(number as u32).to_le_bytes());
    }
    fields.iter().for_each(|field| message.extend_from_slice(field));
    message
}

/// Reads the fields of an answer; none for what is no answer.
fn read_answer(memory: &[u8]) -> Option<Vec<String>> {
    let number = |n: usize| {
        let bytes = memory.get(4 * n..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes) as usize)
    };
    let count = number(1).filter(|count| *count < memory.len() / 4)?;
    let mut rest = memory.get(8 + 4 * count..number(0)?)?;
    let mut values = Vec::new();
    for n in 0..count {
        let (field, more) = rest.split_at_checked(number(2 + n)?)?;
        values.push(String::from_utf8(field.to_vec()).ok()?);
        rest = more;
    }
    Some(values)
}
