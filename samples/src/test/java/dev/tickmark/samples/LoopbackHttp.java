package dev.tickmark.samples;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * HTTP/1.1 on loopback, as small as an invented source needs it: the server of the JDK writes its own {@code Date}, and
 * a recording of another day needs that day's.
 */
final class LoopbackHttp implements AutoCloseable {
    /** A request: header names in lower case, the last one of a name counts. */
    record Request(String path, Map<String, String> headers, String body) {}

    /** An answer with its header lines; one that states another {@code Content-Length} is cut there by the hang-up. */
    record Response(int status, Map<String, String> headers, String body) {}

    /** Gives the answer to a request. */
    interface Handler {
        Response answer(Request request) throws IOException, InterruptedException;
    }

    private static final String LENGTH = "Content-Length";

    private final ServerSocket socket;
    private final Handler handler;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "loopback-http");
        thread.setDaemon(true);
        return thread;
    });

    LoopbackHttp(Handler handler) throws IOException {
        this.handler = handler;
        this.socket = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                threads.execute(() -> serve(connection));
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = connection.getOutputStream()) {
            for (String first = line(in); !first.isEmpty(); first = line(in)) {
                String path = first.split(" ", 3)[1];
                Map<String, String> headers = new TreeMap<>();
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    int colon = header.indexOf(':');
                    headers.put(
                            header.substring(0, colon).toLowerCase(Locale.ROOT),
                            header.substring(colon + 1).strip());
                }
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                Response response = handler.answer(new Request(path, headers, body));
                out.write(bytes(response));
                out.flush();
                if (response.headers().containsKey(LENGTH)) {
                    return;
                }
            }
        } catch (SocketException e) {
            // the client has ended its connection
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(Response response) throws IOException {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " answer\r\n");
        response.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append(
                response.headers().containsKey(LENGTH)
                        ? "Connection: close\r\n\r\n"
                        : LENGTH + ": " + body.length + "\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.write(body);
        return whole.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
