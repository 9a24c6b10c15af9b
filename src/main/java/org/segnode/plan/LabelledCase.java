package org.segnode.plan;

import java.io.IOException;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/** One labelled case of a data set; reads its files each time it is asked. */
public interface LabelledCase {
    /** Its name: the file name without channel number and ending. */
    String id();

    /** All channels. */
    Volume image() throws IOException;

    LabelMap labels() throws IOException;
}
