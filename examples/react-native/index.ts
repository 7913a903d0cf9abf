import './src/random'
import { registerRootComponent } from 'expo'
import { App } from './App'

registerRootComponent(App)
