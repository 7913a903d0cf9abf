declare namespace App {
  interface Locals {
    user?: import('landfall').Profile | null
  }
}
