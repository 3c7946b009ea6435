{{- define "helpers.labels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
