package example;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import landfall.Auth;
import landfall.JakartaFilter;
import landfall.JakartaRequest;
import landfall.Profile;
import landfall.Session;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** Spring Boot with Landfall in front of every other filter. */
@SpringBootApplication
public class App {
  public static void main(String[] arguments) {
    SpringApplication.run(App.class, arguments);
  }

  @Bean
  Auth auth(
      @Value("${app.origin:}") String origin,
      @Value("${auth.secret:}") String secret,
      @Value("${issuer:}") String issuer,
      @Value("${client.id:}") String clientId,
      @Value("${client.secret:}") String clientSecret) {
    return new Auth.Builder(Map.of(
        "origin", origin,
        "secret", secret,
        "session", true,
        "providers", Map.of("sso", Map.of(
            "issuer", issuer,
            "clientId", clientId,
            "clientSecret", clientSecret,
            "scopes", "openid profile email")))).build();
  }

  @Bean
  FilterRegistrationBean<JakartaFilter> landfall(Auth auth) {
    var filter = new FilterRegistrationBean<>(new JakartaFilter(auth));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /** The pages. */
  @RestController
  static class Pages {
    private final Auth auth;

    Pages(Auth auth) {
      this.auth = auth;
    }

    @GetMapping(value = "/", produces = "text/html")
    String home(HttpServletRequest request, HttpServletResponse response) {
      Session session = auth.getSession(new JakartaRequest(request, response));
      Profile user = session == null ? null : session.getUser();
      String name = user == null ? "you" : user.getName() == null ? user.getSub() : user.getName();
      return "<h1>Hello " + HtmlUtils.htmlEscape(name) + "</h1><a href=\"/account\">Account</a>";
    }

    /** Somebody who may not see the page gets the filter's answer: require throws. */
    @GetMapping(value = "/account", produces = "text/html")
    String account(HttpServletRequest request, HttpServletResponse response) {
      Session session = auth.require(new JakartaRequest(request, response));
      return "<h1>Account of " + HtmlUtils.htmlEscape(session.getUser().getSub()) + "</h1>"
          + "<form method=\"post\" action=\"/auth/sign-out\"><button>Sign out</button></form>";
    }
  }
}
