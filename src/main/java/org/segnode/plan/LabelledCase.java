package org.segnode.plan;

import java.io.IOException;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;
import org.segnode.volume.io.StoredImage;

/** One labelled case of a data set; reads its files each time it is asked. */
public interface LabelledCase {
    /** Its name: the file name without channel number and ending. */
    String id();

    /** All channels. */
    default Volume image() throws IOException {
        return storedImage().volume();
    }

    /** All channels, and the grid of the file where the reader reorders axes. */
    StoredImage storedImage() throws IOException;

    LabelMap labels() throws IOException;

    /** Memory that image and labels take, roughly. */
    long bytes() throws IOException;
}
