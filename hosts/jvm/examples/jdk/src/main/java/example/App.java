package example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;
import landfall.Auth;
import landfall.JdkFilter;
import landfall.JdkRequest;
import landfall.Profile;
import landfall.Session;

/** An app on the JDK's own server, with no framework. */
public final class App {
  private static String setting(String name) {
    return System.getenv().getOrDefault(name, "");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static void send(HttpExchange exchange, String html) throws IOException {
    byte[] body = html.getBytes("UTF-8");
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public static void main(String[] arguments) throws IOException {
    Auth auth = new Auth.Builder(Map.of(
        "origin", setting("APP_ORIGIN"),
        "secret", setting("AUTH_SECRET"),
        "session", true,
        "providers", Map.of("sso", Map.of(
            "issuer", setting("ISSUER"),
            "clientId", setting("CLIENT_ID"),
            "clientSecret", setting("CLIENT_SECRET"),
            "scopes", "openid profile email")))).build();

    HttpHandler home = exchange -> {
      Session session = auth.getSession(new JdkRequest(exchange));
      Profile user = session == null ? null : session.getUser();
      String name = user == null ? "you" : user.getName() == null ? user.getSub() : user.getName();
      send(exchange, "<h1>Hello " + escape(name) + "</h1><a href=\"/account\">Account</a>");
    };
    // Somebody who may not see the page gets the filter's answer: require throws.
    HttpHandler account = exchange -> {
      Session session = auth.require(new JdkRequest(exchange));
      send(exchange, "<h1>Account of " + escape(session.getUser().getSub()) + "</h1>"
          + "<form method=\"post\" action=\"/auth/sign-out\"><button>Sign out</button></form>");
    };

    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", home).getFilters().add(new JdkFilter(auth));
    server.createContext("/account", account).getFilters().add(new JdkFilter(auth));
    server.start();
  }
}
