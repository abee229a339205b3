using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Redaction;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>What <c>--redact</c> does to a product: connections get pseudonyms before they are drawn, what was made is searched before it is written.</summary>
internal sealed class ProductRedaction(Redactor redactor, string? map) : IDisposable
{
    /// <summary>The connection with pseudonyms, which is drawn.</summary>
    public DiagnosedConnection Of(DiagnosedConnection connection) => redactor.Redact(connection);

    /// <summary>The connection as it is listed, and a search for what must not be in its row.</summary>
    public (DiagnosedConnection Redacted, LeakSearch Search) ForRow(DiagnosedConnection connection)
    {
        var redacted = redactor.RedactAlone(connection, out var originals);
        return (redacted, LeakSearch.For(originals));
    }

    /// <summary>A text of the user with pseudonyms.</summary>
    public string? Text(string? text) => text is null ? null : redactor.Text(text);

    /// <summary>Replaces originals of all connections so far in texts of this program and of the user.</summary>
    public Func<string, string> Texts() => redactor.Texts();

    /// <summary>Searches a finished output.</summary>
    /// <exception cref="LeakException">It holds an original of a connection.</exception>
    public void Check(string output) => Check(output, redactor.Search);

    /// <summary>Searches a row.</summary>
    /// <exception cref="LeakException">It holds an original of its connection.</exception>
    public void Check(string output, LeakSearch search)
    {
        if (search.Find(output, redactor.Pseudonyms) is { } kind) throw new LeakException(kind);
    }

    /// <summary>Searches what a file will hold.</summary>
    /// <exception cref="LeakException">It holds an original.</exception>
    public void Check(byte[] file) => Check(Encoding.UTF8.GetString(file));

    /// <summary>The product is written: the owner gets the map.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Finish() => WriteMap(redactor.Pseudonyms, map);

    /// <summary>Writes the pseudonyms of a run for the owner; nothing where no file is named.</summary>
    public static void WriteMap(Pseudonyms pseudonyms, string? path)
    {
        if (path is null) return;
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, VisibleJsonEncoder.Options(isIndented: true)))
        {
            json.WriteStartArray();
            foreach (var (original, pseudonym) in pseudonyms.All)
            {
                json.WriteStartObject();
                json.WriteString("kind"u8, JsonNamingPolicy.SnakeCaseLower.ConvertName(original.Kind.ToString()));
                json.WriteString("original"u8, original.Text);
                json.WriteString("pseudonym"u8, pseudonym);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        PrivateFile.Write(path, text.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => redactor.Dispose();
}
