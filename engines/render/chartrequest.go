package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"sigs.k8s.io/kustomize/api/types"
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
