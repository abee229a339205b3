using System.Text;
using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Statements;

namespace HandshakeToMermaid.Templating;

/// <summary>
/// A template in Scriban's language: parsed once, rendered as often as wanted, from any number of threads at once.
/// It speaks the part of the language that text templates use; what is in renders as Scriban renders it, what is out
/// is named with its position. <c>templates/README.md</c> holds the reference.
/// </summary>
internal sealed class Template
{
    private readonly Block? body;

    private Template(Block? body, IReadOnlyList<TemplateMessage> messages)
    {
        this.body = body;
        Messages = messages;
    }

    /// <summary>True when the text could not be parsed; such a template cannot be rendered.</summary>
    public bool HasErrors => Messages.Count > 0;

    /// <summary>What is wrong with the text: empty, or the first mistake.</summary>
    public IReadOnlyList<TemplateMessage> Messages { get; }

    /// <summary>Parses <paramref name="text"/>; never throws for what the text holds.</summary>
    /// <param name="text">The template.</param>
    /// <param name="path">The name that messages show, usually the file's path.</param>
    public static Template Parse(string text, string path)
    {
        try
        {
            return new Template(Parser.Parse(new Source(text, path)), []);
        }
        catch (TemplateException e)
        {
            return new Template(body: null, [new TemplateMessage(e.Path, e.Line, e.Column, e.Text)]);
        }
    }

    /// <summary>Renders to a string.</summary>
    /// <param name="model">The members that the template sees as its variables.</param>
    /// <param name="options">Where includes come from, and the limits.</param>
    /// <exception cref="TemplateException">The template has errors, failed while it ran or ran into a limit.</exception>
    public string Render(IScriptObject model, RenderOptions? options = null)
    {
        var output = new StringBuilder();
        Render(model, output, options);
        return output.ToString();
    }

    /// <summary>Renders to the end of <paramref name="output"/>.</summary>
    /// <inheritdoc cref="Render(IScriptObject, RenderOptions?)"/>
    public void Render(IScriptObject model, StringBuilder output, RenderOptions? options = null) =>
        Run(new RenderContext(output, model, options ?? RenderOptions.Default));

    /// <summary>Runs as a page of its own or as an include: what a <c>ret</c> at its top returns is written.</summary>
    internal void Run(RenderContext context)
    {
        if (body is null)
        {
            var first = Messages[0];
            throw new TemplateException(first.Path, first.Line, first.Column, first.Text);
        }
        if (body.Execute(context) == Flow.Return) context.WriteValue(context.TakeReturnValue());
    }
}
