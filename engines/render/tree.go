package main

import (
	"encoding/binary"
	"errors"
	"path"
	"slices"
)

// tree holds files by their path relative to the repository root.
type tree struct {
	files   map[string][]byte
	folders map[string]map[string]bool
}

// repository is the revision that all requests to this instance are about.
var repository = newTree()

func newTree() *tree {
	return &tree{files: map[string][]byte{}, folders: map[string]map[string]bool{".": {}}}
}

// loadFiles reads a sequence of (length, path, length, content), the lengths as 32 bits, least byte first.
// The contents are not copied: batch must not be reused.
func (t *tree) loadFiles(batch []byte) error {
	for len(batch) > 0 {
		name, rest, ok := cut(batch)
		if !ok {
			return errors.New("a batch of files ends in the middle of a path")
		}
		content, rest, ok := cut(rest)
		if !ok {
			return errors.New("a batch of files ends in the middle of a file")
		}
		t.add(path.Clean(string(name)), content)
		batch = rest
	}
	return nil
}

func cut(batch []byte) (field, rest []byte, ok bool) {
	if len(batch) < 4 {
		return nil, nil, false
	}
	size := uint64(binary.LittleEndian.Uint32(batch))
	if uint64(len(batch)) < 4+size {
		return nil, nil, false
	}
	return batch[4 : 4+size : 4+size], batch[4+size:], true
}

func (t *tree) add(file string, content []byte) {
	t.files[file] = content
	for child := file; child != "."; {
		parent := path.Dir(child)
		if t.folders[parent] == nil {
			t.folders[parent] = map[string]bool{}
		}
		t.folders[parent][path.Base(child)] = true
		child = parent
	}
}

// children lists a folder in lexical order.
func (t *tree) children(folder string) []string {
	names := make([]string, 0, len(t.folders[folder]))
	for name := range t.folders[folder] {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
