package landfall

import jakarta.servlet.http.HttpServlet
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import org.apache.catalina.startup.Tomcat
import org.apache.coyote.http2.Http2Protocol
import org.apache.tomcat.util.descriptor.web.FilterDef
import org.apache.tomcat.util.descriptor.web.FilterMap
import java.nio.file.Files

/** Starts Tomcat with the filter in front of one servlet, at a free port for 0. */
fun startTomcat(port: Int, auth: Auth, app: (HttpServletRequest, HttpServletResponse) -> Unit): Tomcat {
    val tomcat = Tomcat()
    tomcat.setBaseDir(Files.createTempDirectory("landfall-tomcat").toFile().apply { deleteOnExit() }.path)
    tomcat.setPort(port)
    tomcat.connector.setProperty("address", "127.0.0.1")
    tomcat.connector.addUpgradeProtocol(Http2Protocol())
    val context = tomcat.addContext("", null)
    val servlet =
        object : HttpServlet() {
            override fun service(request: HttpServletRequest, response: HttpServletResponse) = app(request, response)
        }
    Tomcat.addServlet(context, "app", servlet).addMapping("/")
    context.addFilterDef(FilterDef().apply { filterName = "landfall" }.also { it.filter = JakartaFilter(auth) })
    context.addFilterMap(FilterMap().apply { filterName = "landfall" }.also { it.addURLPattern("/*") })
    tomcat.start()
    return tomcat
}
