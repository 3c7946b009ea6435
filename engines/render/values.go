package main

import (
	"fmt"
	"maps"
	"path"

	"sigs.k8s.io/yaml"
)

type values = map[string]any

// parseValues reads a values file as Helm does, numbers as floating point among them.
func parseValues(name string, content []byte) (values, error) {
	parsed := values{}
	if err := yaml.Unmarshal(content, &parsed); err != nil {
		return nil, fmt.Errorf("failed to parse %s: %w", name, err)
	}
	return parsed, nil
}

// readValues reads a values file of the repository.
func readValues(file string) (values, error) {
	content, ok := repository.files[path.Clean(file)]
	if !ok {
		return nil, missing("open", file)
	}
	return parseValues(file, content)
}

// mergeValues lays one set of values over another: maps are merged, anything else replaces what was there. A null
// stays; Helm takes it later as the wish to drop a default of the chart.
func mergeValues(below, above values) values {
	merged := maps.Clone(below)
	if merged == nil {
		merged = values{}
	}
	for name, value := range above {
		inner, isMap := value.(values)
		present, wasMap := merged[name].(values)
		if isMap && wasMap {
			merged[name] = mergeValues(present, inner)
		} else {
			merged[name] = value
		}
	}
	return merged
}
