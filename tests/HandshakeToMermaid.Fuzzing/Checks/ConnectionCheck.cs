using System.Text;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Fuzzing.Checks;

/// <summary>Writes connections in the forms that users ask for, and holds each form against what it promises.</summary>
internal static class ConnectionCheck
{
    /// <summary>The Mermaid source and the JSON, and one more form by a number; all of them as one text.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="number">Chooses the form, and what it shows.</param>
    /// <param name="areRows">True where they were read from JSON, which is then not written again.</param>
    public static string All(IReadOnlyList<DiagnosedConnection> connections, int number, bool areRows = false)
    {
        if (connections.Count == 0) return "";
        var said = new StringBuilder();
        var picture = new DiagramOptions((Detail)(number % (areRows ? 2 : 3)), (TimeStyle)(number / 3 % 4), Explain: number % 5 == 0);
        foreach (var output in OutputCatalog.All.Where(output => !areRows || output.Name != "json").Where((output, i) => output.Name is "mermaid" or "json" || i == number % OutputCatalog.All.Count))
        {
            var result = output.Render(connections, new OutputRequest { Picture = picture, IsTimeline = output.DrawsTimelines && number % 7 == 0 });
            foreach (var write in result.Files)
            {
                using var file = new MemoryStream();
                write(file);
                var bytes = file.ToArray();
                said.Append(Checked(output.Name, bytes));
            }

            said.AppendJoin('\n', result.Remarks);
        }

        return said.ToString();
    }

    private static string Checked(string form, byte[] bytes)
    {
        if (form == "json") Invariant.Json(bytes);
        var text = Encoding.UTF8.GetString(bytes);
        if (form == "mermaid") Invariant.Mermaid(text);
        if (form is not ("json" or "mermaid")) Invariant.NothingHidden(text, $"{form} shows every character");
        return text;
    }
}
