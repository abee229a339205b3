using System.Text.Json;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>Measures the drawing that a page shows.</summary>
internal static class Ruler
{
    /// <summary>What <see cref="Script"/> found.</summary>
    public static Picture Read(JsonElement result) => new(
        result.GetProperty("width").GetDouble(),
        result.GetProperty("height").GetDouble(),
        result.GetProperty("font").GetDouble(),
        Texts(result, "overflows"),
        Texts(result, "crossings"));

    private static List<string> Texts(JsonElement result, string name) => [.. result.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];

    /// <summary>Measures what a page drew last.</summary>
    public const string Script = """
        () => {
          const svg = document.querySelector('#out svg'), view = svg.viewBox.baseVal, overflows = [], crossings = [];
          const excess = (text, left, right) => { const t = text.getBBox(); return t.width ? Math.ceil(Math.max(left - t.x, t.x + t.width - right)) : 0; };
          const tell = (list, what, pixels, text) => { if (pixels > 0) list.push(`${what} ${pixels} px: ${text.textContent}`); };
          for (const kind of ['note', 'actor']) {
            for (const rect of svg.querySelectorAll('rect.' + kind)) {
              const box = rect.getBBox();
              for (const text of rect.parentNode.querySelectorAll('text')) tell(overflows, kind, excess(text, box.x, box.x + box.width), text);
            }
          }
          for (const text of svg.querySelectorAll('text')) tell(overflows, 'picture', excess(text, view.x, view.x + view.width), text);
          const lifelines = [...svg.querySelectorAll('line[id^=actor]')].map(line => +line.getAttribute('x1'));
          for (const text of svg.querySelectorAll('text.messageText')) {
            const box = text.getBBox();
            // A label may touch the lifelines between which it stands.
            for (const x of lifelines) tell(crossings, 'lifeline', Math.ceil(Math.min(x - box.x, box.x + box.width - x) - 2), text);
          }
          const fonts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim() && !t.classList.contains('sequenceNumber')).map(t => parseFloat(getComputedStyle(t).fontSize));
          return { width: view.width, height: view.height, font: Math.min(...fonts), overflows, crossings };
        }
        """;
}
