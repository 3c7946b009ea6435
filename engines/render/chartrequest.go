package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/kustomize/kyaml/yaml/merge2"
	"sigs.k8s.io/yaml"
)

// chartRequest turns an entry of helmCharts into what kustomize would ask `helm template` for.
func (b *build) chartRequest(folder string, kustomization *types.Kustomization, index int, inherited string) (release, error) {
	entry := kustomization.HelmCharts[index]
	if err := checkEntry(entry); err != nil {
		return release{}, err
	}
	home := chartHome(folder, kustomization.HelmGlobals, entry)
	place := path.Join(home, entry.Name)
	if repository.folders[place] == nil {
		return release{}, fmt.Errorf("chart %q is not in the repository at %s, and nothing is downloaded here: "+
			"commit the unpacked chart there (helm pull --untar)", entry.Name, place)
	}
	merged, err := b.entryValues(folder, place, entry)
	if err != nil {
		return release{}, err
	}
	return release{
		chart:       place,
		name:        releaseName(entry),
		namespace:   firstNonEmpty(entry.Namespace, kustomization.Namespace, inherited, "default"),
		values:      merged,
		kubeVersion: firstNonEmpty(entry.KubeVersion, b.request.KubeVersion),
		apiVersions: firstNonEmptyList(entry.ApiVersions, b.request.APIVersions),
		includeCRDs: entry.IncludeCRDs,
		skipHooks:   entry.SkipHooks,
		skipTests:   entry.SkipTests,
	}, nil
}

func checkEntry(entry types.HelmChart) error {
	switch {
	case entry.Name == "":
		return errors.New("chart name cannot be empty")
	case strings.HasPrefix(entry.Name, "-"):
		return fmt.Errorf("chart name must not start with '-', got %q", entry.Name)
	case strings.HasPrefix(entry.ReleaseName, "-"):
		return fmt.Errorf("releaseName must not start with '-', got %q", entry.ReleaseName)
	case entry.NameTemplate != "":
		return fmt.Errorf("helmCharts: nameTemplate of chart %q is not supported here; set releaseName instead", entry.Name)
	case !slices.Contains([]string{"", "override", "merge", "replace"}, entry.ValuesMerge):
		return errors.New("valuesMerge must be one of [merge override replace]")
	}
	return nil
}

// chartHome is the folder below which kustomize looks for a chart, and into which it would pull it.
func chartHome(folder string, globals *types.HelmGlobals, entry types.HelmChart) string {
	home := types.HelmDefaultHome
	if globals != nil && globals.ChartHome != "" {
		home = globals.ChartHome
	}
	if entry.Version != "" && entry.Repo != "" {
		home = path.Join(home, entry.Name+"-"+entry.Version)
	}
	return path.Join(folder, home)
}

// releaseName makes a name up where there is none, as `helm template --generate-name` does from the time of day.
func releaseName(entry types.HelmChart) string {
	if entry.ReleaseName != "" {
		return entry.ReleaseName
	}
	fmt.Fprintf(os.Stderr, "helmCharts: chart %q has no releaseName, so each build gives it another one\n", entry.Name)
	base, _, _ := strings.Cut(path.Base(entry.Name), ".")
	return fmt.Sprintf("%s-%d", base, time.Now().Unix())
}

// entryValues merges valuesFile (the chart's own without it), valuesInline and additionalValuesFiles.
func (b *build) entryValues(folder, chart string, entry types.HelmChart) (values, error) {
	file := path.Join(chart, "values.yaml")
	if entry.ValuesFile != "" {
		file = path.Join(folder, entry.ValuesFile)
	}
	merged := entry.ValuesInline
	if len(merged) == 0 || entry.ValuesMerge != "replace" {
		content, err := b.load(folder, entry.ValuesFile, file)
		if err != nil {
			return nil, err
		}
		if len(merged) > 0 {
			content, err = mergeInline(content, merged, entry.ValuesMerge)
			if err != nil {
				return nil, err
			}
		}
		if merged, err = parseValues(file, content); err != nil {
			return nil, err
		}
	}
	for _, additional := range entry.AdditionalValuesFiles {
		name := path.Join(folder, additional)
		content, err := b.load(folder, additional, name)
		if err != nil {
			return nil, fmt.Errorf("could not load additionalValuesFile: %w", err)
		}
		parsed, err := parseValues(name, content)
		if err != nil {
			return nil, err
		}
		merged = mergeValues(merged, parsed)
	}
	return merged, nil
}

// mergeInline merges as kustomize does, which is not as Helm does: it knows patch directives, and null deletes.
func mergeInline(content []byte, inline values, how string) ([]byte, error) {
	fromFile, err := kyaml.Parse(string(content))
	if err != nil {
		return nil, fmt.Errorf("could not parse values file into rnode: %w", err)
	}
	fromEntry, err := kyaml.FromMap(inline)
	if err != nil {
		return nil, fmt.Errorf("could not parse values inline into rnode: %w", err)
	}
	source, target := fromEntry, fromFile
	if how == "merge" {
		source, target = fromFile, fromEntry
	}
	merged, err := merge2.Merge(source, target, kyaml.MergeOptions{})
	if err != nil {
		return nil, fmt.Errorf("could not merge values: %w", err)
	}
	asMap, err := merged.Map()
	if err != nil {
		return nil, fmt.Errorf("could not parse merged values into map: %w", err)
	}
	return yaml.Marshal(asMap)
}

// load reads a values file under kustomize's load restriction.
func (b *build) load(folder, written, file string) ([]byte, error) {
	if location, err := url.Parse(written); err == nil && location.Host != "" {
		return nil, fmt.Errorf("values file %s is remote, and nothing is downloaded here", written)
	}
	name := path.Join(mountPoint, file)
	place, _, err := b.files().CleanedAbs(name)
	if err != nil {
		return nil, err
	}
	root := path.Join(mountPoint, folder)
	if b.request.LoadRestrictor != "none" && !place.HasPrefix(filesys.ConfirmedDir(root)) {
		return nil, fmt.Errorf("security; file '%s' is not in or below '%s'", name, root)
	}
	content, ok := repository.files[file]
	if !ok {
		return nil, fmt.Errorf("'%s' must resolve to a file", name)
	}
	return content, nil
}

// templateFile names the file of the repository behind a document, whose name starts with that of the chart.
func templateFile(chart, template string) string {
	_, within, _ := strings.Cut(template, "/")
	return path.Join(chart, within)
}

func firstNonEmpty(candidates ...string) string {
	for _, candidate := range candidates {
		if candidate != "" {
			return candidate
		}
	}
	return ""
}

func firstNonEmptyList(preferred, fallback []string) []string {
	if len(preferred) > 0 {
		return preferred
	}
	return fallback
}
