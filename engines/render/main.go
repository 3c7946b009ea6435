// Command render is kustomize, Helm and Flux's substitution as one WebAssembly
// library. The host loads the files of a revision once and then asks for renders:
//
//	pointer = allocate(size)            the host writes there
//	load(pointer, size)                 files, as loadFiles reads them
//	pointer<<32|size = call(pointer, n) a JSON request in, a JSON response out
//	free(pointer)                       after the host has read it
//
//go:debug randseednop=0
package main

import (
	"encoding/json"
	"log"
)

// What the embedded libraries log is read line by line by the host; a timestamp would only differ between runs.
func init() { log.SetFlags(0) }

func main() {}

//go:wasmexport load
func load(pointer, size uint32) uint64 {
	if err := repository.loadFiles(take(pointer)[:size]); err != nil {
		return give(encode(failure(err)))
	}
	return give(encode(response{OK: true}))
}

//go:wasmexport call
func call(pointer, size uint32) uint64 {
	return give(encode(answer(take(pointer)[:size])))
}

func answer(body []byte) (result response) {
	defer recoverTo(&result)
	resetRandom()
	var request request
	if err := json.Unmarshal(body, &request); err != nil {
		return failure(err)
	}
	switch request.Operation {
	case "kustomize":
		return buildKustomization(request)
	case "helm":
		return renderChart(request)
	case "substitute":
		return substitute(request)
	}
	return response{Reason: "failed", Message: "unknown operation " + request.Operation}
}
