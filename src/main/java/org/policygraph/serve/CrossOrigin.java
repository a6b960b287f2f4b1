package org.policygraph.serve;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Lets pages of other origins read what is public here anyway. No credentials go with it: that anyone may read stands in each
/// answer ([ProtectiveHeaders]); here a browser is told that it may send a query as a body of its own media type.
final class CrossOrigin implements Filter {

    @Override public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer
                && asked.getMethod().equals("OPTIONS") && asked.getHeader("Origin") != null && asked.getHeader("Access-Control-Request-Method") != null) {
            answer.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST");
            answer.setHeader("Access-Control-Allow-Headers", "Accept, Accept-Language, Content-Type, If-None-Match, X-Request-Id");
            answer.setHeader("Access-Control-Max-Age", "86400");
            answer.setHeader("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
            answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        chain.doFilter(request, response);
    }
}
