package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// mountPoint is where kustomize sees the repository. It wants absolute paths and quotes them in its messages,
// from which the host takes this unlikely name out again (src/engine/messages.ts).
const mountPoint = "/.repository-root."

// fileSystem is what kustomize reads during one build: the repository, under what was generated for this build.
type fileSystem struct {
	layers []*tree
	// rewrite may replace the content of a file as it is read.
	rewrite func(file string, content []byte) ([]byte, error)
}

var _ filesys.FileSystem = fileSystem{}

// inRepository turns a path as kustomize uses it into one relative to the repository root.
func inRepository(name string) (string, bool) {
	if !path.IsAbs(name) {
		return path.Clean(name), true
	}
	name = path.Clean(name)
	if name == mountPoint {
		return ".", true
	}
	return strings.CutPrefix(name, mountPoint+"/")
}

func (f fileSystem) find(name string) (content []byte, file string, ok bool) {
	file, inside := inRepository(name)
	if !inside {
		return nil, "", false
	}
	for _, layer := range f.layers {
		if content, ok := layer.files[file]; ok {
			return content, file, true
		}
	}
	return nil, "", false
}

func (f fileSystem) IsDir(name string) bool {
	folder, inside := inRepository(name)
	if !inside {
		return path.Clean(name) == "/"
	}
	return slices.ContainsFunc(f.layers, func(layer *tree) bool { return layer.folders[folder] != nil })
}

func (f fileSystem) Exists(name string) bool {
	_, _, isFile := f.find(name)
	return isFile || f.IsDir(name)
}

func (f fileSystem) ReadFile(name string) ([]byte, error) {
	content, file, ok := f.find(name)
	if !ok {
		if f.IsDir(name) {
			return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("is a directory")}
		}
		return nil, missing("open", name)
	}
	if f.rewrite != nil {
		return f.rewrite(file, content)
	}
	return content, nil
}

func (f fileSystem) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	if !path.IsAbs(name) {
		name = path.Join(mountPoint, name)
	}
	name = path.Clean(name)
	if f.IsDir(name) {
		return filesys.ConfirmedDir(name), "", nil
	}
	if _, _, ok := f.find(name); ok {
		return filesys.ConfirmedDir(path.Dir(name)), path.Base(name), nil
	}
	return "", "", fmt.Errorf("evalsymlink failure on '%s' : %w", name, missing("lstat", name))
}

func (f fileSystem) ReadDir(name string) ([]string, error) {
	folder, inside := inRepository(name)
	if !inside || !f.IsDir(name) {
		return nil, missing("open", name)
	}
	var names []string
	for _, layer := range f.layers {
		names = append(names, layer.children(folder)...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

func (f fileSystem) Glob(pattern string) ([]string, error) {
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, err
	}
	var found []string
	for _, layer := range f.layers {
		for file := range layer.files {
			name := path.Join(mountPoint, file)
			if matched, _ := path.Match(pattern, name); matched {
				found = append(found, name)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

func missing(operation, name string) error {
	return &fs.PathError{Op: operation, Path: name, Err: errors.New("no such file or directory")}
}

var errReadOnly = errors.New("the files of a revision cannot be changed")

func (fileSystem) Create(string) (filesys.File, error) { return nil, errReadOnly }
func (fileSystem) Mkdir(string) error                  { return errReadOnly }
func (fileSystem) MkdirAll(string) error               { return errReadOnly }
func (fileSystem) RemoveAll(string) error              { return errReadOnly }
func (fileSystem) WriteFile(string, []byte) error      { return errReadOnly }

// Open and Walk are part of the interface, but a build uses neither.
func (fileSystem) Open(name string) (filesys.File, error)      { return nil, missing("open", name) }
func (fileSystem) Walk(name string, _ filepath.WalkFunc) error { return missing("walk", name) }
