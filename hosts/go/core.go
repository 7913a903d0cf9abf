package landfall

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// abi is the version of the messages that this host is written for, and entropyBytes is what each of them gets.
const abi, entropyBytes = 12, 96

var (
	//go:embed core.wasm
	wasm []byte
	//go:embed messages.json
	description []byte

	messages    = readMessages()
	compiled    = wazero.NewCompilationCache() // for every Auth of the process
	background  = context.Background()
	errTooLarge = errors.New("landfall: the request is too large")
)

// readMessages gives the fields of each message in order, without the list at the end.
func readMessages() map[string][]string {
	var all struct{ Messages map[string][]string }
	if err := json.Unmarshal(description, &all); err != nil {
		panic(err)
	}
	isList := func(name string) bool { return strings.HasSuffix(name, "_0") }
	for message, names := range all.Messages {
		all.Messages[message] = slices.DeleteFunc(names, isList)
	}
	return all.Messages
}

// fields are those of a message by their names.
type fields = map[string]string

// step is an answer of the core: fields with names, then a list. The zero value is the answer without a field.
type step struct {
	kind          string
	names, values []string
}

func (s step) get(name string) string {
	if i := slices.Index(s.names, name); i >= 0 && i < len(s.values) {
		return s.values[i]
	}
	return ""
}

func (s step) number(name string) int64 {
	value, _ := strconv.ParseInt(s.get(name), 10, 64)
	return value
}

func (s step) list() []string { return s.values[min(len(s.names), len(s.values)):] }

// header reads the list as pairs of name and value.
func (s step) header() http.Header {
	header := http.Header{}
	for pair := range slices.Chunk(s.list(), 2) {
		header.Add(pair[0], pair[1])
	}
	return header
}

// core is a pool of instances. Nil is the place of one that is made when it is used.
type core struct {
	runtime wazero.Runtime
	code    wazero.CompiledModule
	config  string
	pool    chan *instance
}

func newCore(ctx context.Context, config string) (*core, error) {
	engine := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithCompilationCache(compiled))
	code, err := engine.CompileModule(ctx, wasm)
	c := &core{engine, code, config, make(chan *instance, runtime.GOMAXPROCS(0))}
	for range cap(c.pool) {
		c.pool <- nil
	}
	return c, err
}

// perform runs an operation on a message, which is nothing but a list where it has no name.
func (c *core) perform(operation, message string, value fields, list ...string) (step, error) {
	answer, err := c.call(operation, messages[message], value, list)
	if err != nil || len(answer) == 0 {
		return step{}, err
	}
	kind, _ := strconv.Atoi(answer[0])
	name := messages["STEP"][kind]
	return step{name, messages[strings.ToUpper(name)], answer}, nil
}

// call takes an instance out of the pool for one operation. One that fails is thrown away.
func (c *core) call(operation string, names []string, value fields, list []string) (answer []string, err error) {
	one := <-c.pool
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("landfall: the module failed: %v", reason)
			one.drop()
			one = nil
		}
		c.pool <- one
	}()
	if one == nil {
		one = c.open()
	}
	return one.call(operation, names, value, list)
}

func (c *core) open() *instance {
	config := wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize")
	module, err := c.runtime.InstantiateModule(background, c.code, config)
	if err != nil {
		panic(err)
	}
	export := func(name string) api.Function { return module.ExportedFunction("landfall_" + name) }
	if version := run(export("abi")); version != abi {
		panic(fmt.Sprintf("core.wasm has version %d, and this host is for %d", version, abi))
	}
	one := &instance{module, export("input"), export("handle"), export("wipe")}
	one.call("configure", nil, nil, []string{c.config})
	return one
}

// instance is one instance of the module, for one goroutine at a time. Its methods panic where it traps, and where its
// answer is none.
type instance struct {
	module              api.Module
	input, handle, wipe api.Function
}

func run(function api.Function, arguments ...uint64) int {
	results, err := function.Call(background, arguments...)
	if err != nil {
		panic(err)
	}
	return int(uint32(append(results, 0)[0]))
}

// memory is good until the next call of the module, in which it may grow.
func (i *instance) memory() []byte {
	view, _ := i.module.Memory().Read(0, i.module.Memory().Size())
	return view
}

func (i *instance) drop() {
	if i != nil {
		clear(i.memory())
		i.module.Close(background)
	}
}

// call writes a message, performs the operation and reads the answer. The random bytes are nowhere but in the module.
func (i *instance) call(operation string, names []string, value fields, list []string) ([]string, error) {
	all := make([]string, len(names), len(names)+len(list))
	for n, name := range names {
		all[n] = value[name]
	}
	all = append(all, list...)
	end := 8 + 4*len(all)
	size := end + entropyBytes
	for _, field := range all {
		size += len(field)
	}
	at := run(i.input, uint64(size))
	if at == 0 {
		return nil, errTooLarge
	}
	number, message, entropy := binary.LittleEndian, i.memory()[at:at+size], slices.Index(names, "entropy")
	for n, field := range all {
		length := copy(message[end:], field)
		if n == entropy {
			length, _ = rand.Read(message[end : end+entropyBytes]) // It never fails.
		}
		number.PutUint32(message[8+4*n:], uint32(length))
		end += length
	}
	number.PutUint32(message, uint32(end))
	number.PutUint32(message[4:], uint32(len(all)))
	at = run(i.handle, uint64(slices.Index(messages["OPERATION"], operation)))
	answer := i.memory()[at:]
	values := make([]string, number.Uint32(answer[4:]))
	text := string(answer[8+4*len(values) : number.Uint32(answer)])
	for n := range values {
		length := number.Uint32(answer[8+4*n:])
		values[n], text = text[:length], text[length:]
	}
	run(i.wipe)
	return values, nil
}
