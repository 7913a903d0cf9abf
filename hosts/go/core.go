package landfall

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// abi is the version of the messages that this host is written for.
const abi = 8

//go:embed core.wasm
var module []byte

//go:embed messages.json
var description []byte

var tables struct {
	Limits struct {
		Message int `json:"message_bytes"`
		Entropy int `json:"entropy_bytes"`
	} `json:"limits"`
	Messages map[string][]string `json:"messages"`
}

// compiled code is shared by every Auth of the process.
var compiled = wazero.NewCompilationCache()

var errTooLarge = errors.New("the request is too large")

func init() {
	if err := json.Unmarshal(description, &tables); err != nil {
		panic(err)
	}
	for kind, names := range tables.Messages { // A list at the end is no field with a name.
		tables.Messages[kind] = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "_0") })
	}
}

// step is an answer of the core: fields with names, then a list.
type step struct {
	kind   string
	names  []string
	values []string
}

func (s step) get(name string) string {
	if i := slices.Index(s.names, name); i >= 0 && i < len(s.values) {
		return s.values[i]
	}
	return ""
}

func (s step) list() []string { return s.values[min(len(s.names), len(s.values)):] }

// core is a pool of instances. A slot without an instance is filled when it is used.
type core struct {
	runtime wazero.Runtime
	code    wazero.CompiledModule
	config  string
	slots   chan *instance
}

func newCore(ctx context.Context, config string) (*core, error) {
	c := &core{config: config, slots: make(chan *instance, runtime.GOMAXPROCS(0))}
	c.runtime = wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithCompilationCache(compiled))
	for range cap(c.slots) {
		c.slots <- nil
	}
	var err error
	c.code, err = c.runtime.CompileModule(ctx, module)
	return c, err
}

// perform runs an operation on a message. The step has no kind where the core answers no field.
func (c *core) perform(operation, message string, value map[string]string, list ...string) (step, error) {
	names := tables.Messages[message]
	fields := make([]string, len(names), len(names)+len(list))
	for i, name := range names {
		fields[i] = value[name]
	}
	answer, err := c.call(operation, slices.Index(names, "entropy"), append(fields, list...))
	if err != nil || len(answer) == 0 {
		return step{}, err
	}
	return newStep(answer)
}

func newStep(answer []string) (step, error) {
	for i, kind := range tables.Messages["STEP"] {
		if answer[0] == fmt.Sprint(i) {
			return step{kind, tables.Messages[strings.ToUpper(kind)], answer}, nil
		}
	}
	return step{}, fmt.Errorf("landfall: the step %q is unknown", answer[0])
}

// call takes an instance out of the pool for one operation. One that fails does not come back.
func (c *core) call(operation string, entropy int, fields []string) (answer []string, err error) {
	one := <-c.slots
	defer func() {
		if reason := recover(); reason != nil { // An answer that lies about its lengths.
			err = fmt.Errorf("landfall: %v", reason)
		}
		if err != nil && !errors.Is(err, errTooLarge) && one != nil {
			one.drop()
			one = nil
		}
		c.slots <- one
	}()
	if one == nil {
		if one, err = c.open(); err != nil {
			return nil, err
		}
		if answer, err = one.call("configure", -1, []string{c.config}); err != nil || operation == "configure" {
			return answer, err
		}
	}
	return one.call(operation, entropy, fields)
}

func (c *core) open() (*instance, error) {
	ctx := context.Background()
	config := wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize")
	module, err := c.runtime.InstantiateModule(ctx, c.code, config)
	if err != nil {
		return nil, err
	}
	one := &instance{module: module}
	for i, name := range []string{"input", "handle", "wipe", "abi"} {
		one.exports[i] = module.ExportedFunction("landfall_" + name)
	}
	if version, err := one.run(3, 0); err != nil || version != abi {
		return one, errors.Join(err, fmt.Errorf("landfall: core.wasm has version %d, and this host is for %d", version, abi))
	}
	return one, nil
}

// instance is one instance of the module, for one goroutine at a time.
type instance struct {
	module  api.Module
	exports [4]api.Function
	stack   [1]uint64
}

func (i *instance) run(export int, argument int) (int, error) {
	i.stack[0] = uint64(argument)
	err := i.exports[export].CallWithStack(context.Background(), i.stack[:])
	return int(uint32(i.stack[0])), err
}

// memory is a view that is good until the next call of the module.
func (i *instance) memory() []byte {
	view, _ := i.module.Memory().Read(0, i.module.Memory().Size())
	return view
}

func (i *instance) drop() {
	clear(i.memory())
	i.module.Close(context.Background())
}

// call writes the message into the module's own memory. The random bytes are in no other place.
func (i *instance) call(operation string, entropy int, fields []string) ([]string, error) {
	size := 8 + 4*len(fields) + tables.Limits.Entropy
	for _, field := range fields {
		size += len(field)
	}
	if size > tables.Limits.Message {
		return nil, errTooLarge
	}
	at, err := i.run(0, size)
	if err != nil || at == 0 {
		return nil, errors.Join(err, errTooLarge)
	}
	put, message, end := binary.LittleEndian.PutUint32, i.memory()[at:at+size], 8+4*len(fields)
	for n, field := range fields {
		length := copy(message[end:], field)
		if n == entropy {
			if length, err = rand.Read(message[end : end+tables.Limits.Entropy]); err != nil {
				length = 0 // The core says which call needs them.
			}
		}
		put(message[8+4*n:], uint32(length))
		end += length
	}
	put(message, uint32(end))
	put(message[4:], uint32(len(fields)))
	if at, err = i.run(1, slices.Index(tables.Messages["OPERATION"], operation)); err != nil {
		return nil, err
	}
	answer := i.memory()[at:]
	count := int(binary.LittleEndian.Uint32(answer[4:]))
	text := string(answer[8+4*count : binary.LittleEndian.Uint32(answer)])
	values := make([]string, count)
	for n := range values {
		length := binary.LittleEndian.Uint32(answer[8+4*n:])
		values[n], text = text[:length], text[length:]
	}
	_, err = i.run(2, 0)
	return values, err
}
