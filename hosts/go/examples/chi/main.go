// Command chi is an app with GitHub sign-in, on chi.
//
//	AUTH_SECRET=$(openssl rand -base64 32) GITHUB_CLIENT_ID=… GITHUB_CLIENT_SECRET=… go run .
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/go-chi/chi/v5"

	"landfall"
)

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
	router := chi.NewRouter()
	router.Use(auth.Middleware)
	router.Get("/account", func(w http.ResponseWriter, r *http.Request) {
		if session := auth.Require(w, r); session != nil {
			fmt.Fprintf(w, "You are %q at %s.\n", session.User.Sub, session.Provider)
		}
	})
	log.Fatal(http.ListenAndServe("localhost:3000", router))
}
