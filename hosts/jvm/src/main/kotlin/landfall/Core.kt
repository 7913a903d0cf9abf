package landfall

import com.dylibso.chicory.runtime.ByteArrayMemory
import com.grack.nanojson.JsonObject
import com.grack.nanojson.JsonParser
import landfall.module.CoreModule
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.CharBuffer
import java.nio.charset.CodingErrorAction
import java.security.SecureRandom
import java.util.AbstractMap.SimpleImmutableEntry
import java.util.concurrent.ArrayBlockingQueue
import com.dylibso.chicory.runtime.Instance as Module
import com.dylibso.chicory.runtime.Memory as ModuleMemory

/** The version of the messages that this host is written for. */
private const val ABI = 12

/** The fields of a message by their names: a ByteArray, or anything that is written as its text. */
internal typealias Fields = Map<String, Any?>

/** A request that is larger than what the module takes. */
internal class TooLarge : RuntimeException("the request is too large")

/** A trap, or another failure in a call of the module. */
internal class ModuleFailure(cause: Throwable?) : RuntimeException("the module failed", cause)

/** What messages.json says. */
internal object Messages {
    private val description: JsonObject =
        checkNotNull(javaClass.getResourceAsStream("messages.json")).use { JsonParser.`object`().from(it) }
    private val all =
        description.getObject("messages").mapValues { (_, names) ->
            (names as List<*>).map { it.toString() }.filterNot { it.endsWith("_0") }
        }

    val entropyBytes = description.getObject("limits").getInt("entropy_bytes")

    /** The names of the fields of a message in order, without the list at the end. */
    operator fun get(message: String): List<String> = all.getValue(message)
}

internal typealias Header = SimpleImmutableEntry<String, String>

/** An answer of the core: fields with names, then a list. */
internal class Step(val kind: String, private val names: List<String>, private val values: List<String>) {
    val list get() = values.drop(names.size)
    val pairs get() = list.chunked(2) { (name, value) -> Header(name, value) }

    operator fun get(name: String) = values.getOrElse(names.indexOf(name)) { "" }

    fun number(name: String) = this[name].toLongOrNull() ?: 0
}

/** A pool of instances, as many as there are processors. A place gets its instance when it is used. */
internal class Core(private val config: String) : AutoCloseable {
    class Place(var instance: Instance?)

    private val places = List(Runtime.getRuntime().availableProcessors()) { Place(null) }
    val pool = ArrayBlockingQueue(places.size, true, places)

    @Volatile private var isClosed = false

    /** Performs an operation on a message. Null is an answer without a field. */
    fun perform(operation: String, message: String, value: Fields, list: List<String> = emptyList()): Step? =
        toStep(call(operation, Messages[message].map { toBytes(it, value[it]) } + list.map(::encode)))

    /** Checks the options. */
    fun configure(): Step = checkNotNull(toStep(call("configure", listOf(encode(config)))))

    /** Takes an instance out of the pool for one operation. One that fails is thrown away. */
    fun call(operation: String, fields: List<ByteArray>): List<String> {
        val place = pool.take()
        try {
            val instance = place.instance ?: open().also { place.instance = it }
            return instance.call(operation, fields)
        } catch (failure: TooLarge) {
            throw failure
        } catch (failure: Throwable) {
            place.drop()
            throw ModuleFailure(failure)
        } finally {
            pool.add(place)
        }
    }

    fun open(): Instance {
        check(!isClosed) { "this Auth is closed" }
        return Instance().apply { call("configure", listOf(encode(config))) }
    }

    private fun Place.drop() {
        instance?.clear()
        instance = null
    }

    override fun close() {
        isClosed = true
        places.forEach { _ -> pool.add(pool.take().apply { drop() }) }
    }

    private fun toStep(answer: List<String>): Step? {
        val kind = Messages["STEP"][answer.firstOrNull()?.toInt() ?: return null]
        return Step(kind, Messages[kind.uppercase()], answer)
    }
}

private val random = SecureRandom()

private fun toBytes(name: String, value: Any?): ByteArray = when {
    name == "entropy" -> ByteArray(Messages.entropyBytes).also(random::nextBytes)
    value is ByteArray -> value
    else -> encode(value?.toString().orEmpty())
}

private val replacement = "\uFFFD".toByteArray()

/** Writes UTF-8. Half a character becomes U+FFFD as in JavaScript: a question mark would mean something in a URL. */
internal fun encode(text: String): ByteArray {
    if (text.none(Char::isSurrogate)) return text.toByteArray()
    val encoder = Charsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE).replaceWith(replacement)
    val bytes = encoder.encode(CharBuffer.wrap(text))
    return ByteArray(bytes.remaining()).also(bytes::get)
}

/** One instance of the module, for one thread at a time. It throws where the module traps or gives no answer. */
internal class Instance {
    private val module: Module =
        Module
            .builder(CoreModule.load())
            .withMachineFactory(CoreModule::create)
            .withMemoryFactory(::ByteArrayMemory)
            .build()
    val memory: ModuleMemory = module.memory()
    private val input = module.export("landfall_input")
    private val handle = module.export("landfall_handle")
    private val wipe = module.export("landfall_wipe")

    init {
        module.export("_initialize").apply()
        val version = module.export("landfall_abi").apply()[0].toInt()
        check(version == ABI) { "core.wasm has version $version, and this host is for $ABI" }
    }

    fun clear() = memory.fill(0, 0, memory.pages() * ModuleMemory.PAGE_SIZE)

    fun call(operation: String, fields: List<ByteArray>): List<String> {
        write(fields)
        val at = handle.apply(Messages["OPERATION"].indexOf(operation).toLong())[0].toInt()
        return read(at).also { wipe.apply() }
    }

    private fun write(fields: List<ByteArray>) {
        val size = 8 + fields.sumOf { 4 + it.size }
        val at = input.apply(size.toLong())[0].toInt()
        if (at == 0) throw TooLarge()
        val message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putInt(size).putInt(fields.size)
        for (field in fields) message.putInt(field.size)
        for (field in fields) message.put(field)
        memory.write(at, message.array())
        message.array().fill(0)
    }

    private fun read(at: Int): List<String> {
        val size = memory.readInt(at)
        check(size in 8..memory.pages() * ModuleMemory.PAGE_SIZE - at) { "an answer has $size bytes" }
        val bytes = memory.readBytes(at, size)
        val lengths = ByteBuffer.wrap(bytes, 4, size - 4).order(ByteOrder.LITTLE_ENDIAN)
        val count = lengths.getInt()
        check(count in 0..(size - 8) / 4) { "an answer has $count fields" }
        var end = 8 + 4 * count
        val values =
            List(count) {
                val length = lengths.getInt()
                String(bytes, end, length, Charsets.ISO_8859_1).also { end += length }
            }
        bytes.fill(0)
        return values
    }
}
