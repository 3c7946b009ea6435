package main

import (
	"fmt"
	"path"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// inflatedFolder stands, for one build only, beside a kustomization with charts. It is a Component, because
// kustomize takes those in after it has generated and before it transforms: where its own, process-starting
// generator would add the charts' resources.
const inflatedFolder = ".inflated-helm-charts"

// inflated is one rendered template in the inflatedFolder.
type inflated struct {
	// kustomization is the name of the file that has the chart, beside the inflatedFolder.
	kustomization string
	template      string
}

// inflateCharts renders the charts of a kustomization, and gives its content with a Component in their place.
func (b *build) inflateCharts(file string, content []byte, kustomization *types.Kustomization, inherited string) ([]byte, error) {
	folder := path.Dir(file)
	names := []string{}
	for index := range kustomization.HelmCharts {
		request, err := b.chartRequest(folder, kustomization, index, inherited)
		if err != nil {
			return nil, err
		}
		documents, err := request.render()
		if err != nil {
			return nil, fmt.Errorf("helm chart %q of %s: %w", kustomization.HelmCharts[index].Name, file, err)
		}
		for _, document := range documents {
			marked, err := markInflated(document.Text)
			if err != nil {
				return nil, fmt.Errorf("%s of %s: %w", document.Template, file, err)
			}
			name := fmt.Sprintf("%06d.yaml", len(names))
			place := path.Join(folder, inflatedFolder, name)
			b.generated.add(place, marked)
			b.inflated[place] = inflated{kustomization: path.Base(file), template: templateFile(request.chart, document.Template)}
			names = append(names, name)
		}
	}
	component := fieldMap{}
	component.set("apiVersion", types.ComponentVersion)
	component.set("kind", types.ComponentKind)
	component.set("resources", names)
	b.generated.add(path.Join(folder, inflatedFolder, konfig.DefaultKustomizationFileName()), component.bytes())
	return edit(content, func(fields fieldMap) {
		fields.remove("helmCharts")
		fields.remove("helmGlobals")
		fields.remove("helmChartInflationGenerator")
		fields.set("components", append([]string{inflatedFolder}, kustomization.Components...))
	}), nil
}

// markInflated sets the annotation by which kustomize leaves a chart's resources out of its namespace field.
func markInflated(text string) ([]byte, error) {
	factory := resmap.NewFactory(provider.NewDefaultDepProvider().GetResourceFactory())
	resources, err := factory.NewResMapFromBytes([]byte(text))
	if err != nil {
		return nil, err
	}
	for _, object := range resources.Resources() {
		if err := object.PipeE(kyaml.SetAnnotation(konfig.HelmGeneratedAnnotation, "true")); err != nil {
			return nil, err
		}
	}
	return resources.AsYaml()
}

// inflatedOrigin puts kustomize's own record of a chart's resource in the place of our detour. Below the second
// result is the template's file.
func (b *build) inflatedOrigin(source *resource.Origin) (*resource.Origin, string) {
	if source == nil {
		return nil, ""
	}
	chart, ok := b.inflated[path.Join(b.request.Path, source.Path)]
	if !ok {
		return source, ""
	}
	return &resource.Origin{
		ConfiguredIn: path.Join(path.Dir(path.Dir(source.Path)), chart.kustomization),
		ConfiguredBy: kyaml.ResourceIdentifier{
			TypeMeta: kyaml.TypeMeta{APIVersion: "builtin", Kind: "HelmChartInflationGenerator"},
		},
	}, chart.template
}
