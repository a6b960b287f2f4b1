package org.policygraph.serve;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Lets pages of other origins read what is public here anyway. No credentials go with it.
final class CrossOrigin implements Filter {

    @Override public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer
                && asked.getHeader("Origin") != null) {
            answer.setHeader("Access-Control-Allow-Origin", "*");
            if (asked.getMethod().equals("OPTIONS") && asked.getHeader("Access-Control-Request-Method") != null) {
                // Asked beforehand by a browser that wants to send a query as a body of its own media type.
                answer.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST");
                answer.setHeader("Access-Control-Allow-Headers", "Accept, Content-Type");
                answer.setHeader("Access-Control-Max-Age", "86400");
                answer.setStatus(204);
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
