using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// What a client checks of the server's certificate, drawn between the server and the authority that issued it. The
/// checks were repeated on the captured bytes: whether the client made them is not visible.
/// </summary>
internal static class CertificateNote
{
    /// <summary>The authority that the server's chain leads to; null where no chain is drawn, or where a slide has no room for it.</summary>
    public static string? AuthorityOf(DiagnosedConnection diagnosed, DiagramOptions options)
    {
        if (options.Detail == Detail.Brief) return null;
        return ChainOf(diagnosed) is { Signers: [.., var authority] } ? authority : null;
    }

    /// <summary>True where the checks are drawn: beside the authority, or where a check failed and the certificate is self-signed.</summary>
    public static bool IsReported(DiagnosedConnection diagnosed, Columns columns) =>
        columns.Authority is not null || (columns.HasRoomForChecks && ChainOf(diagnosed) is { Passed: not true, Signers.Count: 0, At: not null });

    /// <summary>The note that belongs below an arrow; null where that is not the certificate's.</summary>
    public static Note? Below(Arrow arrow, DiagnosedConnection diagnosed, Columns columns)
    {
        if (!IsReported(diagnosed, columns) || ChainOf(diagnosed) is not { At: { } step } chain || !arrow.Steps.Contains(step)) return null;
        var (left, right) = columns.Vouching(diagnosed.Connection);
        var lines = new List<string>();
        if (chain.Signers is [var issuer, _, ..]) lines.Add(TextWidth.Shorten(VisibleText.Of($"Issued by {issuer}"), NameLength));
        var line = "Checks: ";
        foreach (var check in diagnosed.Checks.Where(c => c.At == step))
        {
            var text = VisibleText.Of(check.Text);
            if (line.Length > 0 && TextWidth.Pixels(line + text) > NoteWidth)
            {
                lines.Add(line.TrimEnd());
                line = "";
            }

            line += $"{text}, ";
        }

        lines.Add(line.TrimEnd(' ', ','));
        return new Note(left, right, lines);
    }

    private static Check? ChainOf(DiagnosedConnection diagnosed)
    {
        foreach (var check in diagnosed.Checks)
        {
            if (check.What == "chain") return check;
        }

        return null;
    }

    private const int NameLength = 34;

    /// <summary>Pixels between two columns without pushing them apart.</summary>
    private const double NoteWidth = 230;
}
