// Command gin is an app with GitHub sign-in, on gin.
//
//	AUTH_SECRET=$(openssl rand -base64 32) GITHUB_CLIENT_ID=… GITHUB_CLIENT_SECRET=… go run .
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"

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
	engine := gin.New()
	engine.GET("/account", func(c *gin.Context) {
		if session := auth.Require(c.Writer, c.Request); session != nil {
			c.String(http.StatusOK, "You are %q at %s.\n", session.User.Sub, session.Provider)
		}
	})
	log.Fatal(http.ListenAndServe("localhost:3000", auth.Middleware(engine)))
}
