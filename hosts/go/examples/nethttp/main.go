// Command nethttp is an app with GitHub sign-in, on net/http alone.
//
//	AUTH_SECRET=$(openssl rand -base64 32) GITHUB_CLIENT_ID=… GITHUB_CLIENT_SECRET=… go run .
package main

import (
	"context"
	"html/template"
	"log"
	"net/http"
	"os"

	"landfall"
)

var home = template.Must(template.New("").Parse(`<!doctype html><title>Landfall</title>
{{if .}}Hello {{or .User.Name .User.Sub}} <form method="post" action="/auth/sign-out"><button>Sign out</button></form>
{{else}}<a href="/auth/sign-in?provider=github">Sign in</a>{{end}} <a href="/account">Account</a>
`))

func main() {
	auth, err := landfall.New(context.Background(), landfall.Options{Settings: landfall.Map{
		"origin":  "http://localhost:3000",
		"secret":  os.Getenv("AUTH_SECRET"),
		"session": true,
		"providers": landfall.Map{"github": landfall.Map{
			"clientId": os.Getenv("GITHUB_CLIENT_ID"), "clientSecret": os.Getenv("GITHUB_CLIENT_SECRET"),
		}},
	}})
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		if err := home.Execute(w, auth.Session(w, r)); err != nil {
			log.Print(err)
		}
	})
	http.HandleFunc("GET /account", func(w http.ResponseWriter, r *http.Request) {
		if session := auth.Require(w, r); session != nil {
			home.Execute(w, session)
		}
	})
	log.Fatal(http.ListenAndServe("localhost:3000", auth.Middleware(http.DefaultServeMux)))
}
