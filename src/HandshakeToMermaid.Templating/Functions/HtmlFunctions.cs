using System.Net;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Functions;

/// <summary>The <c>html</c> functions.</summary>
internal static class HtmlFunctions
{
    public static BuiltinObject Object { get; } = new BuiltinObject("html")
        .With("escape", "text", (c, a) => Made(c, WebUtility.HtmlEncode(c.Text(a[0]))))
        .With("newline_to_br", "text", (c, a) => Made(c, StringFunctions.LineEnds().Replace(c.Text(a[0]), "<br />$0")))
        .With("url_encode", "text", (c, a) => Made(c, Uri.EscapeDataString(c.Text(a[0]))));

    private static string Made(RenderContext context, string text)
    {
        context.Build(text.Length);
        return text;
    }
}
