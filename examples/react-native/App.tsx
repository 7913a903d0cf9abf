import type { User } from '@supabase/supabase-js'
import { addEventListener, getInitialURL } from 'expo-linking'
import type { LandfallError } from 'landfall/plain/browser'
import { useCallback, useEffect, useState } from 'react'
import { Button, Text, View } from 'react-native'
import { auth, getUser, signIn, takeLink } from './src/auth'

type Outcome = { data: { next: string | null }; error: LandfallError | null }

export const App = () => {
  const [user, setUser] = useState<User | null>(null)
  const [message, setMessage] = useState('')
  const [place, setPlace] = useState('/')

  const show = useCallback(async (outcome: Outcome | null) => {
    setMessage(outcome?.error ? `${outcome.error.message} (${outcome.error.code})` : '')
    if (outcome?.data.next) setPlace(outcome.data.next)
    setUser(await getUser())
  }, [])

  useEffect(() => {
    // Android may end the app while the person is in the browser: then the link starts it again.
    getInitialURL().then(async (link) => show(link ? await takeLink(link) : null))
    const listener = addEventListener('url', async ({ url }) => show(await takeLink(url)))
    return () => listener.remove()
  }, [show])

  const start = async () => {
    try {
      await show(await signIn('/account'))
    } catch (error) {
      setMessage(String(error))
    }
  }

  const end = async () => {
    const { error } = await auth.signOut()
    setMessage(error ? error.message : '')
    setUser(await getUser())
  }

  return (
    <View style={{ padding: 48 }}>
      <Text>{user ? `${user.email} at ${place}` : 'Nobody is signed in.'}</Text>
      {user ? (
        <Button title="Sign out" onPress={end} />
      ) : (
        <Button title="Continue with Bitbucket" onPress={start} />
      )}
      <Text>{message}</Text>
    </View>
  )
}
