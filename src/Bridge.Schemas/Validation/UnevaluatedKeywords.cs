using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary><c>unevaluatedProperties</c>; it stands last among its node's keywords.</summary>
/// <param name="node">The schema of what no other keyword looked at.</param>
internal sealed class UnevaluatedPropertiesKeyword(SchemaNode node) : Keyword(JsonKinds.Object)
{
    public override bool Check(JsonValue instance, Evaluation run)
    {
        bool valid = true;
        int index = -1;
        foreach (JsonMember member in instance.Members)
        {
            index++;
            if (run.Evaluated!.IsMarked(index))
            {
                continue;
            }

            if (!run.CheckMember(node, member))
            {
                valid = false;
                if (!run.Collects)
                {
                    return false;
                }
            }

            run.Evaluated.Mark(index);
        }

        return valid;
    }
}

/// <summary><c>unevaluatedItems</c>; it stands last among its node's keywords.</summary>
/// <param name="node">The schema of what no other keyword looked at.</param>
internal sealed class UnevaluatedItemsKeyword(SchemaNode node) : Keyword(JsonKinds.Array)
{
    public override bool Check(JsonValue instance, Evaluation run)
    {
        bool valid = true;
        int index = -1;
        foreach (JsonValue item in instance.Items)
        {
            index++;
            if (run.Evaluated!.IsMarked(index))
            {
                continue;
            }

            if (!run.CheckItem(node, item, index))
            {
                valid = false;
                if (!run.Collects)
                {
                    return false;
                }
            }

            run.Evaluated.Mark(index);
        }

        return valid;
    }
}
