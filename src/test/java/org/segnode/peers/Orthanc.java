package org.segnode.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;
import org.segnode.pacs.RemoteAe;

/** An Orthanc with an empty database. Only the peers that it was told of may talk to it. */
public final class Orthanc implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DICOM_WEB = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

    private final RemoteAe remote;
    private final URI http;
    private final Program program;
    private final HttpClient client = HttpClient.newHttpClient();

    private Orthanc(RemoteAe remote, URI http, Program program) {
        this.remote = remote;
        this.http = http;
        this.program = program;
    }

    /** @param peers that may send to it, and that it can send to under their AE title */
    public static Orthanc start(Mode mode, String aet, Path folder, List<RemoteAe> peers)
            throws IOException, InterruptedException {
        return start(mode, aet, folder, peers, List.of());
    }

    /** With DICOMweb at {@code dicom-web/}. @throws TestAbortedException if its plugin is not installed */
    public static Orthanc startWithDicomWeb(Mode mode, String aet, Path folder)
            throws IOException, InterruptedException {
        if (mode == Mode.PROCESS && !Files.exists(DICOM_WEB)) {
            throw new TestAbortedException(DICOM_WEB + " is not installed");
        }
        return start(mode, aet, folder, List.of(), List.of(DICOM_WEB.toString()));
    }

    private static Orthanc start(Mode mode, String aet, Path folder, List<RemoteAe> peers, List<String> plugins)
            throws IOException, InterruptedException {
        int dicomPort = FreePort.next();
        int httpPort = FreePort.next();
        Path database = Files.createDirectories(folder.resolve("database"));
        Map<String, Object> settings = new HashMap<>();
        settings.put("StorageDirectory", database.toString());
        settings.put("IndexDirectory", database.toString());
        settings.put("Plugins", plugins);
        settings.put("HttpPort", httpPort);
        settings.put("RemoteAccessAllowed", false);
        settings.put("AuthenticationEnabled", false);
        settings.put("DicomAet", aet);
        settings.put("DicomPort", dicomPort);
        settings.put("DicomCheckCalledAet", true);
        settings.put("UnknownSopClassAccepted", true);
        settings.put("OverwriteInstances", true);
        settings.put("DicomModalities", modalities(peers));
        Path file = folder.resolve("orthanc.json");
        JSON.writeValue(file.toFile(), settings);
        Program program = mode.startListening(folder, httpPort, "Orthanc", List.of(file.toString()));
        FreePort.awaitOpen(dicomPort, java.time.Duration.ofSeconds(30), program::isRunning);
        return new Orthanc(
                new RemoteAe(aet, "127.0.0.1", dicomPort), URI.create("http://127.0.0.1:" + httpPort + "/"), program);
    }

    private static Map<String, List<Object>> modalities(List<RemoteAe> peers) {
        Map<String, List<Object>> modalities = new HashMap<>();
        peers.forEach(peer -> modalities.put(peer.aet(), List.of(peer.aet(), peer.host(), peer.port())));
        return modalities;
    }

    /** Where to send to. */
    public RemoteAe dicom() {
        return remote;
    }

    public String aet() {
        return remote.aet();
    }

    /** Root of its REST interface, with a slash at the end. */
    public URI http() {
        return http;
    }

    /** Orthanc's identifiers of all instances. */
    public List<String> instances() throws IOException, InterruptedException {
        return list("instances");
    }

    /** A REST resource that is a list of identifiers, such as {@code series}. */
    public List<String> list(String resource) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        get(resource).forEach(id -> ids.add(id.asText()));
        return ids;
    }

    public JsonNode get(String resource) throws IOException, InterruptedException {
        return JSON.readTree(
                bytes(HttpRequest.newBuilder(http.resolve(resource)).build()));
    }

    /** The DICOM file of an instance, with file meta information. */
    public byte[] file(String instance) throws IOException, InterruptedException {
        return bytes(HttpRequest.newBuilder(http.resolve("instances/" + instance + "/file"))
                .build());
    }

    /** Puts a file into its database by HTTP. */
    public void upload(Path file) throws IOException, InterruptedException {
        bytes(HttpRequest.newBuilder(http.resolve("instances"))
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build());
    }

    /**
     * Makes it send resources by C-STORE, and waits.
     *
     * @param aet of one of the peers it was told of
     */
    public void send(String aet, List<String> resources) throws IOException, InterruptedException {
        bytes(HttpRequest.newBuilder(http.resolve("modalities/" + aet + "/store"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(resources)))
                .build());
    }

    private byte[] bytes(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + " answers " + response.statusCode() + ": "
                    + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return response.body();
    }

    public String output() {
        return program.output();
    }

    @Override
    public void close() {
        program.close();
    }
}
