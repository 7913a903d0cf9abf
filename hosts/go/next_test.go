package landfall

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// text is a text of the vectors: as it is, or in parts, in hex, or repeated.
type text string

func (t *text) UnmarshalJSON(source []byte) error {
	if source[0] == '"' {
		return json.Unmarshal(source, (*string)(t))
	}
	one := struct {
		Parts  []text
		Hex    *string
		Text   string
		Repeat int
	}{Repeat: 1}
	err := json.Unmarshal(source, &one)
	for _, part := range one.Parts {
		*t += part
	}
	if err == nil && one.Hex != nil {
		var bytes []byte
		bytes, err = hex.DecodeString(*one.Hex)
		one.Text = string(bytes)
	}
	*t += text(strings.Repeat(one.Text, one.Repeat))
	return err
}

func TestCheckNext(t *testing.T) {
	source, err := os.ReadFile("../../tests/vectors/next.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Cases []struct {
			ID     string
			Next   text
			Origin *string
			Want   *text
		}
	}
	if err = json.Unmarshal(source, &vectors); err != nil {
		t.Fatal(err)
	}
	app, checks := startApp(t, provider, nil), 0
	for _, one := range vectors.Cases {
		origins := []string{"https://app.example", "http://localhost:3000", "https://app.example:8443"}
		if one.Origin != nil {
			origins = []string{*one.Origin}
		}
		for _, origin := range origins {
			got, ok := app.CheckNext(string(one.Next), origin)
			if checks++; ok != (one.Want != nil) || ok && got != string(*one.Want) {
				t.Errorf("%s under %s: got %q, %v", one.ID, origin, got, ok)
			}
		}
	}
	t.Logf("%d checks", checks)
	if checks <= len(vectors.Cases) {
		t.Error("a case ran under too few origins")
	}
	if _, ok := app.CheckNext(strings.Repeat("a", 4<<20), ""); ok {
		t.Error("4 MB are accepted")
	}
}
