using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>
/// Replaces every value that identifies somebody in analyzed connections, before anything is drawn: no form of output knows of it, and all forms
/// have the same pseudonyms. Safe for several threads; numbered pseudonyms follow the order of the calls.
/// </summary>
/// <param name="options">How values are replaced.</param>
/// <param name="limits">How many values are; null for the limits that hold when nothing else is said.</param>
internal sealed class Redactor(RedactionOptions options, AnalyzerLimits? limits = null) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Pseudonyms pseudonyms = new(options, limits);
    private readonly LeakSearch search = new();
    private TimeShift? shift;

    /// <summary>The pseudonyms given so far.</summary>
    public Pseudonyms Pseudonyms => pseudonyms;

    /// <summary>Finds originals of all connections so far.</summary>
    public LeakSearch Search => search;

    /// <summary>The connection with pseudonyms. Its originals are looked for in everything from now on.</summary>
    public DiagnosedConnection Redact(DiagnosedConnection diagnosed)
    {
        lock (gate)
        {
            var redacted = RedactAlone(diagnosed, out var originals);
            foreach (var original in originals) search.Add(original);
            return redacted;
        }
    }

    /// <summary>The connection with pseudonyms, for a stream of many.</summary>
    /// <param name="diagnosed">The connection.</param>
    /// <param name="originals">What was replaced in it.</param>
    /// <exception cref="LeakException">An original is still a field of it.</exception>
    public DiagnosedConnection RedactAlone(DiagnosedConnection diagnosed, out IReadOnlyList<Original> originals)
    {
        lock (gate)
        {
            originals = ConnectionOriginals.Of(diagnosed.Connection);
            var vocabulary = new Vocabulary(originals, pseudonyms);
            if (options.ShiftsTimes) shift ??= TimeShift.From(diagnosed.Connection.First.Time);
            var redacted = new ConnectionRedaction(vocabulary, pseudonyms, shift).Of(diagnosed);
            return FieldCheck.Find(redacted.Connection, originals, pseudonyms) is { } kind ? throw new LeakException(kind) : redacted;
        }
    }

    /// <summary>A text of the user (a title) with pseudonyms for the originals of connections so far.</summary>
    public string Text(string text)
    {
        lock (gate) return new Vocabulary([.. pseudonyms.All.Select(p => p.Original)], pseudonyms).Text(text);
    }

    /// <summary>The same for many texts, once all connections are known.</summary>
    public Func<string, string> Texts()
    {
        lock (gate)
        {
            var vocabulary = new Vocabulary([.. pseudonyms.All.Select(p => p.Original)], pseudonyms);
            return vocabulary.Text;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => pseudonyms.Dispose();
}
