package org.segnode.pacs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.segnode.TemporaryException;

/**
 * An archive that speaks DICOMweb (PS3.18): QIDO-RS to ask, WADO-RS to fetch, STOW-RS to store. Every wait and every answer is
 * bounded; redirects are not followed. Safe for several threads.
 */
public final class DicomWebClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ANSWER = 1 << 26;
    private static final int LONGEST_REASON = 200;
    private static final int LONGEST_BOUNDARY = 70;
    private static final String DICOM_JSON = "application/dicom+json";

    private final URI root;
    private final Supplier<Optional<String>> authorization;
    private final WebTimeouts timeouts;
    private final int most;
    private final HttpClient client;

    /**
     * @param root of the services, without {@code /studies}
     * @param tls keys and trusted certificates for https; empty: those of the Java installation
     * @param authorization value of the Authorization header for each request, such as {@code Bearer abc}
     * @param most answers that are taken
     */
    public DicomWebClient(
            URI root, Optional<Tls> tls, Supplier<Optional<String>> authorization, WebTimeouts timeouts, int most) {
        this.root = root;
        this.authorization = authorization;
        this.timeouts = timeouts;
        this.most = most;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeouts.connect());
        tls.ifPresent(
                encryption -> builder.sslContext(encryption.context()).sslParameters(encryption.clientParameters()));
        this.client = builder.build();
    }

    /** Takes one file as it comes. */
    public interface FileTaker {
        /** @param file a DICOM file; what is left unread is passed over */
        void take(InputStream file) throws IOException;
    }

    /**
     * QIDO-RS.
     *
     * @throws RefusedByPeerException if the archive answers with an error for good
     * @throws TemporaryException if it does not answer, answers with an error for now, or not with DICOM JSON
     */
    public Matches find(Query query) throws RefusedByPeerException {
        HttpRequest request = request(resource(query) + parameters(query))
                .header("Accept", DICOM_JSON)
                .GET()
                .build();
        return exchange(request, answer -> {
            requireOk(answer);
            JsonNode answers = JSON.readTree(bounded(answer.body()));
            return matches(query, answers);
        });
    }

    /**
     * WADO-RS: each object as a file, in the transfer syntax it is kept in.
     *
     * @return how many came
     * @throws RefusedByPeerException if the archive answers with an error for good
     * @throws TemporaryException if it does not answer, or the message breaks; what has come until then has been taken
     */
    public int fetch(Retrieval what, FileTaker taker) throws RefusedByPeerException {
        int files = 0;
        for (String resource : resources(what)) {
            HttpRequest request = request(resource)
                    .header("Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=*")
                    .GET()
                    .build();
            files += exchange(request, answer -> {
                requireOk(answer);
                return parts(answer, taker);
            });
        }
        return files;
    }

    /**
     * STOW-RS, all files in one message.
     *
     * @throws RefusedByPeerException if the archive refuses one of them
     * @throws TemporaryException if it does not answer, or answers with an error for now
     */
    public void store(List<Path> files) throws RefusedByPeerException {
        String boundary = "segnode-" + UUID.randomUUID();
        HttpRequest request = request("/studies")
                .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=" + boundary)
                .header("Accept", DICOM_JSON)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> MultipartFiles.message(files, boundary)))
                .build();
        exchange(request, answer -> {
            if (answer.status() != 202 && answer.status() != 409) {
                requireOk(answer);
            }
            requireStored(JSON.readTree(bounded(answer.body())));
            return files.size();
        });
    }

    /** One exchange with the archive. */
    private interface Reading<T> {
        T read(Answer answer) throws IOException, RefusedByPeerException;
    }

    private record Answer(int status, String contentType, InputStream body) {}

    private <T> T exchange(HttpRequest request, Reading<T> reading) throws RefusedByPeerException {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (StallGuard body = new StallGuard(response.body(), timeouts.stall())) {
                String type = response.headers().firstValue("Content-Type").orElse("");
                return reading.read(new Answer(response.statusCode(), type, body));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporaryException(this + ": interrupted", e);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new TemporaryException(this + " does not answer as it should: " + reason, e);
        }
    }

    private HttpRequest.Builder request(String resource) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(root.toString().replaceAll("/+$", "") + resource))
                .timeout(timeouts.response());
        authorization.get().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private static String resource(Query query) {
        String study = query.key("StudyInstanceUID");
        String series = query.key("SeriesInstanceUID");
        return switch (query.level()) {
            case STUDY -> "/studies";
            case SERIES -> within(study) + "/series";
            case IMAGE ->
                within(study) + (study.isEmpty() || series.isEmpty() ? "" : "/series/" + series) + "/instances";
        };
    }

    private static String within(String study) {
        return study.isEmpty() ? "" : "/studies/" + study;
    }

    private String parameters(Query query) {
        StringBuilder parameters = new StringBuilder("?limit=" + (most + 1));
        query.keys().forEach((keyword, value) -> {
            QueryKeys.tag(keyword);
            String wanted = value.isEmpty() ? "includefield=" + keyword : keyword + "=" + encoded(value);
            parameters.append('&').append(wanted);
        });
        return parameters.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value.replace('\\', ','), StandardCharsets.UTF_8);
    }

    private static List<String> resources(Retrieval what) {
        String study = "/studies/" + what.studyInstanceUid();
        String series = study + "/series/" + what.seriesInstanceUid();
        return switch (what.level()) {
            case STUDY -> List.of(study);
            case SERIES -> List.of(series);
            case IMAGE ->
                what.sopInstanceUids().stream()
                        .map(instance -> series + "/instances/" + instance)
                        .toList();
        };
    }

    private Matches matches(Query query, JsonNode answers) {
        List<Match> found = new ArrayList<>();
        Set<String> uids = new HashSet<>();
        int unusable = 0;
        for (int n = 0; n < Math.min(most, answers.size()); n++) {
            Match match = QueryKeys.match(query, answers.get(n));
            if (!Uid.isValid(match.uid())) {
                unusable++;
            } else if (uids.add(match.uid())) {
                found.add(match);
            }
        }
        return new Matches(found, answers.size() <= most, unusable);
    }

    private static int parts(Answer answer, FileTaker taker) throws IOException {
        String boundary = MultipartReader.parameter(answer.contentType(), "boundary")
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_BOUNDARY)
                .orElseThrow(() -> new IOException(
                        "the answer is no multipart message but \"" + printable(answer.contentType()) + "\""));
        MultipartReader parts = new MultipartReader(answer.body(), boundary);
        int files = 0;
        for (Optional<MultipartReader.Part> part = parts.next(); part.isPresent(); part = parts.next()) {
            taker.take(part.get().body());
            files++;
        }
        return files;
    }

    /** PS3.18 I.2.2: Failed SOP Sequence (0008,1198) with Failure Reason (0008,1197). */
    private void requireStored(JsonNode answer) throws RefusedByPeerException {
        JsonNode failed = answer.path("00081198").path("Value");
        if (!failed.isEmpty()) {
            JsonNode first = failed.get(0);
            int reason = first.path("00081197").path("Value").path(0).asInt(RefusedByPeerException.NO_STATUS);
            throw new RefusedByPeerException(
                    reason,
                    String.format(
                            "%s refuses %d objects, %s with reason %04X",
                            this,
                            failed.size(),
                            printable(
                                    first.path("00081155").path("Value").path(0).asText()),
                            reason));
        }
    }

    /** 204 has no content. */
    private void requireOk(Answer answer) throws IOException, RefusedByPeerException {
        int status = answer.status();
        if (status == 200 || status == 204) {
            return;
        }
        String said = printable(new String(answer.body().readNBytes(LONGEST_REASON), StandardCharsets.UTF_8));
        String words = "status " + status + (said.isBlank() ? "" : ": " + said);
        boolean later = status == 408 || status == 425 || status == 429 || status >= 500;
        if (later) {
            throw new IOException(words);
        }
        throw new RefusedByPeerException(this + " answers with " + words);
    }

    private static byte[] bounded(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LONGEST_ANSWER + 1);
        if (bytes.length > LONGEST_ANSWER) {
            throw new IOException("an answer of more than " + (LONGEST_ANSWER >> 20) + " MiB");
        }
        return bytes.length == 0 ? "[]".getBytes(StandardCharsets.US_ASCII) : bytes;
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
