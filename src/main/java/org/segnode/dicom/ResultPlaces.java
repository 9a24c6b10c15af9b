package org.segnode.dicom;

import java.nio.file.Path;

/** Where the objects of a result are to lie. */
@FunctionalInterface
public interface ResultPlaces {
    /**
     * @param number of the object within its form, from 1
     * @param sopInstanceUid of the object: the same content gives the same UID
     * @return a file in a folder that exists; an older file of this name is replaced at once
     */
    Path place(ResultForm form, int number, String sopInstanceUid);
}
