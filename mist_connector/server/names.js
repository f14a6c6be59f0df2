/** @odoo-module **/
// Lets staff type names where the CRM shows neutral codes: in every field that links to somebody, and in the
// search of a list. Each search is the reader's own, so it finds what her rights let her read and nothing else.
// Without this script the CRM's own field stays, which finds codes.

import { useEffect, useState } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";
import { SearchModel } from "@web/search/search_model";
import { session } from "@web/session";
import { Many2One } from "@web/views/fields/many2one/many2one";
import {
    buildM2OFieldDescription,
    extractM2OFieldProps,
    Many2OneField,
} from "@web/views/fields/many2one/many2one_field";
import { Many2XAutocomplete } from "@web/views/fields/relational_utils";

const SERVER = 19;
const OTHER_LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", đ: "d", ł: "l", ı: "i" };

/** Return the words of a text as the CRM keeps them: in small letters, without accents; numbers by their digits. */
export function foldedWords(text) {
    const plain = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
    const joined = plain.replace(/(?<=\d)[\s.]+(?=\d)/g, "").replace(/[()]/g, " ");
    const words = [...joined].map((letter) => OTHER_LETTERS[letter] ?? letter).join("").split(/\s+/);
    return words.map((word) => (/^\+?\d+$/.test(word) ? word.replace(/^(\+\d\d|0)/, "") : word)).filter(Boolean);
}

/** Return the domain of what has all these words in one column, in any order. */
function withWords(text, column) {
    return Domain.and(foldedWords(text).map((word) => [[column, "ilike", word]]));
}

class NameAutocomplete extends Many2XAutocomplete {
    static props = { ...Many2XAutocomplete.props, naming: Object };

    async search(text) {
        const { shows, searches } = this.props.naming;
        const domain = Domain.and([this.props.getDomain(), withWords(text, searches)]).toList();
        const rows = await this.orm.searchRead(this.props.resModel, domain, ["display_name", shows], {
            limit: this.props.searchLimit + 1,
        });
        return rows.map((row) => ({ id: row.id, display_name: labelOf(row, shows) }));
    }
}

function labelOf(row, shows) {
    return row[shows] ? `${row[shows]} (${row.display_name})` : row.display_name;
}

class NamedMany2One extends Many2One {
    static components = { ...Many2One.components, Many2XAutocomplete: NameAutocomplete };
    static props = { ...Many2One.props, naming: Object };

    setup() {
        super.setup();
        this.names = useState({});
        useEffect(
            (id) => void (id && this.props.naming.looks_up && this.lookUp(id)),
            () => [this.props.value && this.props.value.id]
        );
    }

    async lookUp(id) {
        const { shows } = this.props.naming;
        const [row] = await this.orm.searchRead(this.props.relation, [["id", "=", id]], ["display_name", shows]);
        if (row) {
            this.names[id] = labelOf(row, shows);
        }
    }

    get displayName() {
        return (this.props.value && this.names[this.props.value.id]) || super.displayName;
    }

    get many2XAutocompleteProps() {
        return { ...super.many2XAutocompleteProps, naming: this.props.naming };
    }
}

class NameField extends Many2OneField {
    static components = { ...Many2OneField.components, Many2One: NamedMany2One };
    static props = { ...Many2OneField.props, naming: Object };

    get m2oProps() {
        return { ...super.m2oProps, naming: this.props.naming };
    }
}

if (session.server_version_info?.[0] === SERVER) {
    registry.category("fields").add("mist_name", {
        ...buildM2OFieldDescription(NameField),
        extractProps: (staticInfo, dynamicInfo) => ({
            ...extractM2OFieldProps(staticInfo, dynamicInfo),
            naming: staticInfo.options.naming,
        }),
    });
    patch(SearchModel.prototype, {
        _getFieldDomain(field, values) {
            if (!this.resModel.startsWith("x_mist_") || !field.filterDomain?.includes("x_folded")) {
                return super._getFieldDomain(...arguments);
            }
            const oneWord = (self) => new Domain(field.filterDomain).toList({ self, raw_value: self });
            return Domain.or(values.map(({ label }) => Domain.and(foldedWords(label).map(oneWord))));
        },
    });
}
