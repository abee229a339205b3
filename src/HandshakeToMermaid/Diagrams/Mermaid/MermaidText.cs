using System.Text.RegularExpressions;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>
/// Escapes text for participants, messages, notes and titles of Mermaid 9.4 to 12, so that it shows exactly and does
/// nothing. Only numeric escapes are safe in all of them. Not for block labels (loop, alt, ...): those must hold no text
/// from the wire at all.
/// </summary>
public static partial class MermaidText
{
    /// <summary>One text, in its visible form, escaped. Never escape twice: the escape sign is itself escaped.</summary>
    public static string Escape(string text)
    {
        var escaped = Special().Replace(VisibleText.Of(text), static match => $"#{(int)match.Value[0]};");
        // Mermaid strips the last semicolon behind these words, and an escape ends in one.
        if (escaped.Contains("style", StringComparison.Ordinal)) escaped = escaped.Replace("style", "#115;tyle", StringComparison.Ordinal);
        if (escaped.Contains("classDef", StringComparison.Ordinal)) escaped = escaped.Replace("classDef", "#99;lassDef", StringComparison.Ordinal);
        return escaped;
    }

    /// <summary>Several lines as one text of a diagram; each is escaped for itself.</summary>
    public static string Lines(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return Escape("");
        var first = WrapPrefix().Replace(Escape(lines[0]), "${prefix}#58;");
        return lines.Count == 1 ? first : string.Join("<br/>", lines.Skip(1).Select(Escape).Prepend(first));
    }

    /// <summary>A title, section or task of a gantt chart, where a colon ends the text.</summary>
    public static string Gantt(string text) => Escape(text).Replace(":", "#58;", StringComparison.Ordinal);

    [GeneratedRegex(@"[#;<\uFB02\u00B6]|%(?=[%{])|(?<=[%}])%|\$(?=\$)|(?<=\$)\$|`(?=`)|(?<=`)`|\{(?=[{%<#])|(?<=[}%>#])\}|\}(?=\})|(?<=\{)\{|\\(?=n)", RegexOptions.CultureInvariant)]
    private static partial Regex Special();

    [GeneratedRegex("^(?<prefix>:?(?:no)?wrap):", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WrapPrefix();
}
