package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"time"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/ignore"
)

var byteOrderMark = []byte{0xEF, 0xBB, 0xBF}

// loadChart reads a chart of the repository: a folder, without what its .helmignore names, or an archive.
func loadChart(place string) (*chart.Chart, error) {
	place = path.Clean(place)
	if archive, isFile := repository.files[place]; isFile {
		return inOrder(loader.LoadArchive(bytes.NewReader(archive)))
	}
	if repository.folders[place] == nil {
		return nil, fmt.Errorf("chart %q is not in the repository", place)
	}
	rules, err := ignoreRules(place)
	if err != nil {
		return nil, err
	}
	files, err := chartFiles(place, "", rules, nil)
	if err != nil {
		return nil, err
	}
	return inOrder(loader.LoadFiles(files))
}

func ignoreRules(folder string) (*ignore.Rules, error) {
	rules := ignore.Empty()
	if content, ok := repository.files[path.Join(folder, ignore.HelmIgnore)]; ok {
		parsed, err := ignore.Parse(bytes.NewReader(content))
		if err != nil {
			return nil, err
		}
		rules = parsed
	}
	rules.AddDefaults()
	return rules, nil
}

// chartFiles walks a chart as Helm does: in lexical order, leaving out an ignored folder as a whole.
func chartFiles(root, below string, rules *ignore.Rules, files []*loader.BufferedFile) ([]*loader.BufferedFile, error) {
	folder := path.Join(root, below)
	for _, child := range repository.children(folder) {
		name := path.Join(below, child)
		content, isFile := repository.files[path.Join(root, name)]
		if rules.Ignore(name, fileInfo{name: child, size: int64(len(content)), folder: !isFile}) {
			continue
		}
		if !isFile {
			var err error
			if files, err = chartFiles(root, name, rules, files); err != nil {
				return nil, err
			}
			continue
		}
		if int64(len(content)) > loader.MaxDecompressedFileSize {
			return nil, fmt.Errorf("chart file %q is larger than the maximum file size %d", child, loader.MaxDecompressedFileSize)
		}
		files = append(files, &loader.BufferedFile{Name: name, Data: bytes.TrimPrefix(content, byteOrderMark)})
	}
	return files, nil
}

// inOrder sorts dependencies, which Helm loads in the random order of a Go map.
func inOrder(loaded *chart.Chart, err error) (*chart.Chart, error) {
	if err != nil {
		return nil, err
	}
	dependencies := loaded.Dependencies()
	sort.SliceStable(dependencies, func(i, j int) bool { return dependencies[i].Name() < dependencies[j].Name() })
	for _, dependency := range dependencies {
		if _, err := inOrder(dependency, nil); err != nil {
			return nil, err
		}
	}
	return loaded, nil
}

// fileInfo is what .helmignore rules ask about a file.
type fileInfo struct {
	name   string
	size   int64
	folder bool
}

func (f fileInfo) Name() string       { return f.name }
func (f fileInfo) Size() int64        { return f.size }
func (f fileInfo) IsDir() bool        { return f.folder }
func (f fileInfo) ModTime() time.Time { return time.Time{} }
func (f fileInfo) Sys() any           { return nil }
func (f fileInfo) Mode() fs.FileMode {
	if f.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
