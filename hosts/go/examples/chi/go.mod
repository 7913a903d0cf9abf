module landfall/examples/chi

go 1.25.0

require landfall v0.0.0

require (
	github.com/go-chi/chi/v5 v5.5.0
	github.com/tetratelabs/wazero v1.12.0 // indirect
	golang.org/x/sys v0.44.0 // indirect
)

replace landfall => ../..
