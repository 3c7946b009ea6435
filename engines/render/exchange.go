package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"unsafe"
)

// request is the union of what the operations need; see src/engine/engines.ts for the meaning of the fields.
type request struct {
	Operation string `json:"operation"`

	Path           string `json:"path"`
	LoadRestrictor string `json:"loadRestrictor"`
	Origins        bool   `json:"origins"`

	Chart       string   `json:"chart"`
	Release     string   `json:"release"`
	Namespace   string   `json:"namespace"`
	ValuesFiles []string `json:"valuesFiles"`
	Values      values   `json:"values"`
	IncludeCRDs bool     `json:"includeCrds"`

	KubeVersion string   `json:"kubeVersion"`
	APIVersions []string `json:"apiVersions"`

	Text      string            `json:"text"`
	Variables map[string]string `json:"variables"`
	Strict    bool              `json:"strict"`
}

type response struct {
	OK        bool   `json:"ok"`
	Reason    string `json:"reason,omitempty"`
	Message   string `json:"message,omitempty"`
	Resources any    `json:"resources,omitempty"`
	Text      string `json:"text,omitempty"`
}

func failure(err error) response {
	return response{Reason: "failed", Message: err.Error()}
}

// recoverTo reports a panic. The host discards the instance then: a panic may have left a lock of a library held.
func recoverTo(result *response) {
	if cause := recover(); cause != nil {
		*result = response{Reason: "crashed", Message: fmt.Sprint("panic: ", cause)}
	}
}

// resetRandom makes a render independent of those before it. Deprecated upstream for programs that want
// unpredictable numbers; here they must be predictable (the host does the same for the random bytes it gives).
func resetRandom() { rand.Seed(1) }

func encode(result response) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(result); err != nil {
		return []byte(`{"ok":false,"reason":"crashed","message":"the result could not be encoded"}`)
	}
	return out.Bytes()
}

// inUse keeps what the host reads or writes from being collected.
var inUse = map[uint32][]byte{}

//go:wasmexport allocate
func allocate(size uint32) uint32 {
	buffer := make([]byte, max(size, 1))
	pointer := uint32(uintptr(unsafe.Pointer(&buffer[0])))
	inUse[pointer] = buffer
	return pointer
}

//go:wasmexport free
func free(pointer uint32) { delete(inUse, pointer) }

// take ends the host's ownership of a buffer that it has filled.
func take(pointer uint32) []byte {
	buffer := inUse[pointer]
	delete(inUse, pointer)
	return buffer
}

func give(buffer []byte) uint64 {
	pointer := uint32(uintptr(unsafe.Pointer(&buffer[0])))
	inUse[pointer] = buffer
	return uint64(pointer)<<32 | uint64(len(buffer))
}
