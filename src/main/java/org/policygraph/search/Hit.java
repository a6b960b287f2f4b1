package org.policygraph.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/// A thing that was found.
/// @param iri        of the thing
/// @param name       the same with a prefix: `id:huawei`
/// @param match      by what
/// @param bySound    whether its pinyin was
/// @param matched    the text that was
/// @param language   of that text, as a tag
/// @param types      what the thing is said to be: `pol:PrivateFirm`
/// @param label      by language tag
/// @param definition by language tag
/// @param claims     how many have it as their subject or object, up to [Search#MOST_COUNTED]
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Hit(String iri, String name, String match, boolean bySound, String matched, String language, List<String> types,
        Map<String, String> label, Map<String, String> definition, int claims) {}
