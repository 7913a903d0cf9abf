// React Native has no `crypto`: Landfall and supabase-js draw random bytes from it. Import this file first.
import { getRandomValues } from 'expo-crypto'

globalThis.crypto ??= { getRandomValues } as Crypto
