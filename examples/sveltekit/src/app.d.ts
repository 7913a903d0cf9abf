declare namespace App {
  interface Locals {
    session?: import('landfall').SignedInSession | null
  }
}
