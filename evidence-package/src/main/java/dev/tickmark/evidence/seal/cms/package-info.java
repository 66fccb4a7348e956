/** Detached signatures that stock tools check (CMS with the attributes of CAdES baseline B). */
@NullMarked
package dev.tickmark.evidence.seal.cms;

import org.jspecify.annotations.NullMarked;
