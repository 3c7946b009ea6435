package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
)

// release is what `helm template` is asked for.
type release struct {
	chart       string
	name        string
	namespace   string
	values      values
	kubeVersion string
	apiVersions []string
	includeCRDs bool
	skipHooks   bool
	skipTests   bool
}

func renderChart(request request) response {
	merged := values{}
	for _, file := range request.ValuesFiles {
		parsed, err := readValues(file)
		if err != nil {
			return failure(err)
		}
		merged = mergeValues(merged, parsed)
	}
	documents, err := release{
		chart:       request.Chart,
		name:        request.Release,
		namespace:   request.Namespace,
		values:      mergeValues(merged, request.Values),
		kubeVersion: request.KubeVersion,
		apiVersions: request.APIVersions,
		includeCRDs: request.IncludeCRDs,
	}.render()
	if err != nil {
		return failure(err)
	}
	return response{OK: true, Resources: documents}
}

// render does what `helm template` does, step by step; Helm's own pkg/action would bring a cluster's client along.
func (r release) render() ([]helmDocument, error) {
	loaded, err := loadChart(r.chart)
	if err != nil {
		return nil, err
	}
	if err := r.checkInstallable(loaded); err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependenciesWithMerge(loaded, r.values); err != nil {
		return nil, err
	}
	capabilities, err := r.capabilities(loaded)
	if err != nil {
		return nil, err
	}
	options := chartutil.ReleaseOptions{Name: r.name, Namespace: r.namespace, Revision: 1, IsInstall: true}
	toRender, err := chartutil.ToRenderValues(loaded, r.values, options, capabilities)
	if err != nil {
		return nil, err
	}
	files, err := engine.Engine{}.Render(loaded, toRender)
	if err != nil {
		return nil, err
	}
	return r.documents(loaded, files)
}

func (r release) checkInstallable(loaded *chart.Chart) error {
	if kind := loaded.Metadata.Type; kind != "" && kind != "application" {
		return fmt.Errorf("%s charts are not installable", kind)
	}
	if loaded.Metadata.Deprecated {
		fmt.Fprintln(os.Stderr, "WARNING: This chart is deprecated")
	}
	var absent []string
	for _, wanted := range loaded.Metadata.Dependencies {
		vendored := func(dependency *chart.Chart) bool { return dependency.Name() == wanted.Name }
		if !slices.ContainsFunc(loaded.Dependencies(), vendored) {
			absent = append(absent, wanted.Name)
		}
	}
	if len(absent) > 0 {
		return errors.New("An error occurred while checking for chart dependencies. You may need to run `helm dependency " +
			"build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: " +
			strings.Join(absent, ", "))
	}
	if err := chartutil.ValidateReleaseName(r.name); err != nil {
		return fmt.Errorf("release name %q: %w", r.name, err)
	}
	return nil
}

func (r release) capabilities(loaded *chart.Chart) (*chartutil.Capabilities, error) {
	capabilities := chartutil.DefaultCapabilities.Copy()
	capabilities.APIVersions = slices.Concat(capabilities.APIVersions, r.apiVersions)
	if r.kubeVersion != "" {
		version, err := chartutil.ParseKubeVersion(r.kubeVersion)
		if err != nil {
			return nil, fmt.Errorf("invalid kube version '%s': %w", r.kubeVersion, err)
		}
		capabilities.KubeVersion = *version
	}
	served := capabilities.KubeVersion.String()
	if wanted := loaded.Metadata.KubeVersion; wanted != "" && !chartutil.IsCompatibleRange(wanted, served) {
		return nil, fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, served)
	}
	return capabilities, nil
}
