// Bundles a file, such as entry.js, with the Metro of the app in whose folder this file was put; nothing of React Native runs before it.
const { getDefaultConfig } = require('expo/metro-config')
const Metro = require('@expo/metro/metro')

const config = getDefaultConfig(__dirname)
config.watchFolders = [config.projectRoot]
config.serializer.getModulesRunBeforeMainModule = () => []
config.serializer.getPolyfills = () => []

const [entry, out] = process.argv.slice(2)
const how = { entry, out, dev: false, minify: false, platform: 'android' }
Metro.runBuild(config, how).catch((error) => {
  console.error(error)
  process.exitCode = 1
})
