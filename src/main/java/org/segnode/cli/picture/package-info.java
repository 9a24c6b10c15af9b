/** Pictures of volumes for people. */
@org.jspecify.annotations.NullMarked
package org.segnode.cli.picture;
