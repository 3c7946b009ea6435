package main

import (
	"encoding/json"
	"strings"

	"sigs.k8s.io/yaml"
)

// fieldMap is a kustomization file as JSON, which is what kustomize turns it into before it decodes it.
type fieldMap map[string]json.RawMessage

// edit changes top-level fields of a kustomization file in memory. The result is JSON, as good as YAML to
// kustomize; content that is not a mapping is returned as it is.
func edit(content []byte, change func(fieldMap)) []byte {
	asJSON, err := yaml.YAMLToJSON(content)
	if err != nil {
		return content
	}
	var fields fieldMap
	if json.Unmarshal(asJSON, &fields) != nil || fields == nil {
		return content
	}
	change(fields)
	return fields.bytes()
}

func (f fieldMap) bytes() []byte {
	encoded, err := json.Marshal(f)
	if err != nil {
		panic(err) // a field that is no JSON, which set cannot make
	}
	return encoded
}

func (f fieldMap) set(name string, value any) {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(err) // no caller passes what JSON cannot say
	}
	f.remove(name)
	f[name] = encoded
}

// remove takes a field out however it is capitalised: kustomize does not mind either.
func (f fieldMap) remove(name string) {
	for field := range f {
		if strings.EqualFold(field, name) {
			delete(f, field)
		}
	}
}
