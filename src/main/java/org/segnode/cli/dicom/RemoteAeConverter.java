package org.segnode.cli.dicom;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.segnode.pacs.RemoteAe;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a peer written as {@code AET@HOST:PORT}; an IPv6 address stands in brackets. */
public final class RemoteAeConverter implements ITypeConverter<RemoteAe> {
    private static final Pattern WRITTEN = Pattern.compile("([^@]+)@(\\[[0-9a-fA-F:.]+]|[^:@]+):(\\d{1,5})");

    @Override
    public RemoteAe convert(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new TypeConversionException("a peer is written AET@HOST:PORT, like PACS@10.0.0.5:104; is " + text);
        }
        try {
            String host = written.group(2).replaceAll("[\\[\\]]", "");
            return new RemoteAe(written.group(1), host, Integer.parseInt(written.group(3)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
